"""A page for people: each post with its words marked, its pictures, the place on a small map, and the clauses.

One file without scripts that loads nothing from anywhere. Unless texts are to be shown, words are masked and pictures
and places left out, as in every other format.
"""

from __future__ import annotations

import importlib.resources
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

from wmp_postlint.checker.encode import sound
from wmp_postlint.checker.marked import marked_text
from wmp_postlint.checker.outcome import Outcome, field_texts
from wmp_postlint.checker.output import Format, Out
from wmp_postlint.checker.small_map import nearest, small_map
from wmp_postlint.checker.terminal import visible
from wmp_postlint.finding import Finding, Status

_SIDE = 560
_LARGEST = 64 * 2**20
_PIXELS = 60_000_000
_IN_MEMORY = 2**24
_VERDICTS = {"block": "do not publish", "review": "a person decides", "pass": "may go out", "unread": "not read"}


class HtmlFormat:
    """Keep the posts until their counts are known, which stand above them."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._cards = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed in finish
        self._counts = {"block": 0, "review": 0, "pass": 0, "unread": 0}
        self._skipped: dict[str, int] = {}
        self._number = 0

    def start(self, total: int | None, rules: int) -> None:
        """Write nothing yet."""

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            self._skipped[outcome.skipped] = self._skipped.get(outcome.skipped, 0) + 1
            return
        report = outcome.report
        self._counts[report.verdict if report else "unread"] += 1
        if report is None or report.findings or report.errors or report.unused_waivers:
            self._number += 1
            for part in self._card(outcome):
                self._cards.write(sound(part).encode())

    def finish(self, seconds: float) -> None:
        for part in self._head():
            self._out.write(sound(part).encode())
        self._cards.seek(0)
        while block := self._cards.read(65536):
            self._out.write(block)
        self._cards.close()
        self._out.write(b"</main>\n</body>\n</html>\n")

    def _head(self) -> Iterator[str]:
        policy = self._out.policy
        style = importlib.resources.files(__package__).joinpath("html.css").read_text("utf-8")
        yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        allowed = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>Posts checked by postlint</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n"
        yield "<h1>Posts checked before they are published</h1>\n"
        pack = escape(f"{policy.title} (pack {policy.id} {policy.version})")
        yield f'<p class="quiet">Policy: {pack}</p>\n'
        yield '<ul class="counts">\n'
        for verdict, count in self._counts.items():
            if count or verdict != "unread":
                yield f"<li><b>{count}</b>{_VERDICTS[verdict]}</li>\n"
        yield "</ul>\n"
        if not self._out.show_text:
            yield '<p class="quiet">Words, pictures and places are masked; --show-text shows them.</p>\n'
        for reason, count in self._skipped.items():
            yield f'<p class="quiet">Left out, {count}: {escape(visible(reason))}</p>\n'
        yield "</header>\n<main>\n"

    def _card(self, outcome: Outcome) -> Iterator[str]:
        report, loaded = outcome.report, outcome.loaded
        verdict = report.verdict if report else "unread"
        prefix = f"p{self._number}"
        yield f'<article class="{verdict}" aria-labelledby="{prefix}">\n'
        yield f'<h2 id="{prefix}"><span class="verdict">{_VERDICTS[verdict]}</span>{escape(outcome.name)}</h2>\n'
        if report is None:
            yield f"<p>{escape(visible(loaded.place))}: {escape(visible(loaded.error or ''))}</p>\n</article>\n"
            return
        texts = field_texts(outcome, self._out.policy)
        numbered = list(enumerate(report.findings, 1))
        for field in dict.fromkeys(["text", *texts]):
            text = texts.get(field) or (loaded.post.text if loaded.post and field == "text" else "")
            found = [(number, finding) for number, finding in numbered if finding.field == field and finding.span]
            if text:
                words = marked_text(text, found, prefix, show=self._out.show_text)
                heading = "" if field == "text" else f"<h3>{escape(visible(field))}</h3>\n"
                yield f'{heading}<p class="words" dir="auto">{words}</p>\n'
        if self._out.show_text:
            yield from self._pictures(outcome)
        yield "<ol>\n"
        for error in report.errors:
            where = f"{error.field}: " if error.field else ""
            label = "not checked" if error.rule == "input" else f"not checked, {error.rule}"
            words = escape(visible(where + error.message))
            yield f'<li><span class="severity error">{escape(label)}</span> {words}</li>\n'
        for number, finding in numbered:
            yield from self._finding(number, finding, prefix)
        for rule in report.unused_waivers:
            yield f"<li>The waiver of {escape(visible(rule))} answered nothing; take it out.</li>\n"
        yield "</ol>\n</article>\n"

    def _finding(self, number: int, finding: Finding, prefix: str) -> Iterator[str]:
        yield f'<li id="{prefix}-{number}"><b>{number}</b> '
        standing = finding.status is Status.OPEN
        answered = "" if standing else f", {finding.status}: {finding.reference}"
        colour = finding.severity if standing else "answered"
        yield f'<span class="severity {colour}">{finding.severity}{escape(visible(answered))}</span> '
        page = self._out.policy.rule_page(finding.rule)
        rule = f"<code>{escape(finding.rule)}</code>"
        yield f"{escape(visible(finding.message))} " + (f'<a href="{escape(page)}">{rule}</a>' if page else rule)
        if finding.field != "text":
            yield f" <code>{escape(visible(finding.field))}</code>"
        yield f"<p>{escape(visible(finding.advice))}</p>\n"
        policy = self._out.policy
        for clause in finding.clauses:
            words = escape(f"Clause {clause}: {policy.clauses.get(clause, '')}".rstrip(": "))
            link = policy.link(clause)
            yield f'<p class="quiet">{f"<a href={chr(34)}{escape(link)}{chr(34)}>{words}</a>" if link else words}</p>\n'
        for note in finding.notes:
            yield f'<p class="quiet">{escape(visible(note))}</p>\n'
        place = [finding.data.get(key) for key in ("latitude", "longitude")]
        if self._out.show_text and all(isinstance(part, int | float) for part in place):
            latitude, longitude = (float(str(part)) for part in place)
            drawn = small_map(latitude, longitude, f"{prefix}-{number}")
            yield f"<figure>{drawn}<figcaption>{escape(nearest(latitude, longitude))}</figcaption></figure>\n"
        elif place != [None, None]:
            yield '<p class="quiet">The place is masked.</p>\n'
        yield "</li>\n"

    def _pictures(self, outcome: Outcome) -> Iterator[str]:
        for index, medium in enumerate(outcome.loaded.post.media if outcome.loaded.post else ()):
            seen = _thumbnail(medium.data if medium.data is not None else medium.path)
            name = visible(medium.filename or (Path(str(medium.path)).name if medium.path else f"media[{index}]"))
            if seen:
                alt = escape(visible(medium.alt or f"Picture {index + 1} of the post, without a description"))
                yield f'<figure><img src="data:image/jpeg;base64,{seen}" alt="{alt}">'
                yield f"<figcaption>{escape(name)}</figcaption></figure>\n"


def _thumbnail(source: bytes | str | Path | None) -> str | None:
    """Return a small copy of a picture without its metadata, or None where it is none that can be shown."""
    if source is None:
        return None
    from PIL import Image, ImageOps

    try:
        if not isinstance(source, bytes) and Path(source).stat().st_size > _LARGEST:
            return None
        with Image.open(BytesIO(source) if isinstance(source, bytes) else source) as opened:
            if opened.width * opened.height > _PIXELS:
                return None
            opened.draft("RGB", (_SIDE, _SIDE))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((_SIDE, _SIDE))
            copy = BytesIO()
            picture.info.clear()
            picture.save(copy, "JPEG", quality=80)
    except Exception:  # noqa: BLE001  a picture that cannot be shown is reported by the rules
        return None
    return b64encode(copy.getvalue()).decode()


def make(out: Out) -> Format:
    """Return the format."""
    return HtmlFormat(out)
