"""A log of decisions without personal data, for whoever must show later what was decided, and when.

It holds verdicts, the names of rules and the references of approvals. Posts, their ids, their accounts and whoever
waived a finding stand in it as digests under a key that stays with the force: who has the post can find it again, who
has the log alone learns nothing. How its lines are chained is in ``audit_chain``.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wmp_postlint.approvals.content import content_digest
from wmp_postlint.audit_chain import Entry, LogState, append, entries, verify
from wmp_postlint.errors import AuditLogError, NotLooked
from wmp_postlint.finding import Finding, Report, Status
from wmp_postlint.policy import handle_key
from wmp_postlint.post import Post
from wmp_postlint.secret_file import key_path, read_key, write_new


class AuditLog:
    """A log that decisions are written to; safe with threads and processes that write at once.

    Args:
        path: the file; ``start`` makes it.

    Raises:
        AuditLogError: if the file or its key, ``<path>.key``, is not there or cannot be read.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise AuditLogError(str(path), f"there is no such log; make it with: postlint log start {path}")
        self._key = read_key(key_path(self.path), AuditLogError, "a log")

    @classmethod
    def start(cls, path: str | Path) -> AuditLog:
        """Make a new log and its key, ``<path>.key``, which only its owner may read.

        Raises:
            AuditLogError: if either is there already, or cannot be written.
        """
        path = Path(path)
        for file, content in ((key_path(path), secrets.token_hex(32).encode()), (path, b"")):
            write_new(file, content, AuditLogError, "is there already; a log is never begun anew")
        log = cls(path)
        append(path, log._key, None)
        _sync_folder(path.parent)
        return log

    def record(self, post: Post | None, report: Report, *, at: datetime | None = None) -> None:
        """Write one decision; once this returns, it is on the disk.

        Args:
            post: the post that was judged; None for one that could not be read.
            report: what was decided.
            at: the moment of the decision, with its zone; by default the present.

        Raises:
            AuditLogError: if it cannot be written, or the end of the log is not what was written there.
        """
        account = post.account if post else None
        body: Entry = {
            "at": (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds"),
            "policy": f"{report.policy.id} {report.policy.version}",
            "verdict": report.verdict,
            "findings": [self._finding(finding) for finding in report.findings],
            "errors": sorted({error.rule for error in report.errors}),
            "unused_waivers": len(report.unused_waivers),
            "post": self._post(post),
            "id": self._keyed("id", report.post_id),
            "account": self._keyed("account", handle_key(account.handle)) if account else None,
        }
        append(self.path, self._key, body)

    def find(self, post: Post) -> Iterator[Entry]:
        """Yield the decisions about a post, the oldest first."""
        wanted = self._post(post)
        if wanted is None:
            raise AuditLogError("post", "its pictures cannot be read, so it cannot be found in the log")
        for _, entry, _ in entries(self.path):
            if entry and entry.get("post") == wanted:
                yield entry

    def verify(self, head: str | None = None) -> LogState:
        """Check every line: its hash, its code, its number, and the line before it (see ``audit_chain.verify``)."""
        return verify(self.path, self._key, head)

    def _post(self, post: Post | None) -> str | None:
        """Return the keyed digest of a post; None for one whose pictures cannot be read."""
        try:
            return self._keyed("post", content_digest(post)) if post else None
        except NotLooked:
            return None

    def _finding(self, finding: Finding) -> list[str | None]:
        """Return rule, severity, status and reference; who waived it is somebody's name, and so keyed."""
        reference = finding.reference
        if finding.status is Status.WAIVED:
            reference = self._keyed("waiver", reference)
        return [finding.rule, str(finding.severity), str(finding.status), reference]

    def _keyed(self, what: str, value: str | None) -> str | None:
        if value is None:
            return None
        return hmac.new(self._key, f"{what}\0{value}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Wait until the names of new files are on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
