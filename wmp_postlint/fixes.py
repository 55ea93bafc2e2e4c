"""Apply the fixes of findings to the texts of a post.

A fix is applied whole or not at all, and never where it would overlap one that was applied before it; lint the result
again to see what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from wmp_postlint import lazy
from wmp_postlint.finding import Edit, Finding, Fix, Severity, Status
from wmp_postlint.lazy import replace
from wmp_postlint.post import Link, Post

_PART = lazy.regex(r"(media|links)\[(\d{1,9})\]\.(\w+)")
_PARTS = {"media": ("alt", "caption", "filename"), "links": ("text", "url")}
_NUMBER = 4  # the fewest digits that are a number rather than a house or an age
_OWNED = {"shared_from.text", "in_reply_to.text", "location.name"}


def apply_fixes(post: Post, findings: Iterable[Finding], safe_only: bool = True) -> Post:
    """Return the post with the fixes of its open findings applied.

    Of a finding's fixes the first that can be applied is; a fix is left out when one of its edits overlaps an edit that
    was accepted before, lies outside its text, or belongs to a text that a post does not hold itself (metadata of a
    picture). Positions of links move with the text, and a link whose words are all replaced goes with them, unless the
    fix gives it a new target.

    Args:
        post: the post that the findings were made of.
        findings: the findings of its report.
        safe_only: whether to leave out fixes that could change what the post says to its readers.
    """
    return with_edits(post, accepted_edits(post, findings, safe_only))


def accepted_edits(post: Post, findings: Iterable[Finding], safe_only: bool = True) -> dict[str, list[Edit]]:
    """Return the edits that ``apply_fixes`` would make, by the field that they change; no two of them overlap."""
    accepted: dict[str, list[Edit]] = {}
    for finding in findings:
        if finding.status is not Status.OPEN:
            continue
        for fix in finding.fixes:
            if (fix.safe or not safe_only) and fix.edits and _fits(post, fix.edits, accepted):
                for edit in fix.edits:
                    accepted.setdefault(edit.field, []).append(edit)
                break
    return accepted


def with_numbers_masked(post: Post, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, those that block for a number and know no fix of their own with one that takes it out.

    Such a fix is not safe: what is left may need other words around it.
    """
    found = []
    for finding in findings:
        text = text_of(post, finding.field)
        if finding.severity is Severity.ERROR and not finding.fixes and finding.span is not None and text is not None:
            words = text[finding.span.start : finding.span.end]
            if sum(map(str.isdecimal, words)) >= _NUMBER:
                edit = Edit(finding.field, finding.span, "[number removed]")
                finding = replace(finding, fixes=(Fix("Take the number out.", (edit,)),))
        found.append(finding)
    return found


def with_edits(post: Post, accepted: Mapping[str, list[Edit]]) -> Post:
    """Return the post with edits made that do not overlap."""
    for field, edits in accepted.items():
        if field != "text":
            post = _with_text(post, field, edit_text(text_of(post, field) or "", edits))
    return _with_body(post, accepted) if "text" in accepted else post


def text_of(post: Post, field: str) -> str | None:
    """Return the text of a post that a finding's ``field`` names, or None where the post itself holds none."""
    if field == "text":
        return post.text
    if match := _PART.fullmatch(field):
        items: tuple[object, ...] = getattr(post, match[1])
        index, key = int(match[2]), match[3]
        if index >= len(items) or key not in _PARTS[match[1]]:
            return None
        value = getattr(items[index], key)
        if value is None and key == "filename" and post.media[index].path is not None:
            return PurePath(str(post.media[index].path)).name
        return value if isinstance(value, str) else None
    if field in _OWNED:
        holder, _, key = field.partition(".")
        value = getattr(getattr(post, holder), key, None)
        return value if isinstance(value, str) else None
    return None


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits applied that do not overlap, from right to left."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def _fits(post: Post, edits: tuple[Edit, ...], accepted: Mapping[str, list[Edit]]) -> bool:
    """Whether all the edits of a fix can be applied beside those that were accepted, and beside each other."""
    for index, edit in enumerate(edits):
        text = text_of(post, edit.field)
        if text is None or not 0 <= edit.span.start <= edit.span.end <= len(text):
            return False
        others = (*accepted.get(edit.field, ()), *(other for other in edits[:index] if other.field == edit.field))
        if any(_overlap(edit, other) for other in others):
            return False
    return True


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same characters, or put words in at the same place."""
    if one.span.start == other.span.start:
        return True
    first, second = sorted((one.span, other.span))
    return second.start < first.end


def _with_text(post: Post, field: str, text: str) -> Post:
    if match := _PART.fullmatch(field):
        items = list(getattr(post, match[1]))
        items[int(match[2])] = replace(items[int(match[2])], **{match[3]: text})
        changes: dict[str, Any] = {match[1]: tuple(items)}
        return replace(post, **changes)
    holder, _, key = field.partition(".")
    return replace(post, **{holder: replace(getattr(post, holder), **{key: text})})


def _with_body(post: Post, accepted: Mapping[str, list[Edit]]) -> Post:
    edits = accepted["text"]
    text = edit_text(post.text, edits)
    links: list[Link] = []
    for index, link in enumerate(post.links):
        if link.start is None or link.end is None:
            links.append(link)
            continue
        start, end = _new_position(link.start, edits, False), _new_position(link.end, edits, True)
        replaced = any(edit.span.start <= link.start < link.end <= edit.span.end for edit in edits)
        if (replaced and f"links[{index}].url" not in accepted) or (start >= end and link.start < link.end):
            continue
        words = text[start:end] if link.text == post.text[link.start : link.end] else link.text
        links.append(replace(link, start=start, end=max(start, end), text=words))
    return replace(post, text=text, links=tuple(links))


def _new_position(at: int, edits: list[Edit], is_end: bool) -> int:
    """Return where a position of the text stands after the edits; one inside an edit goes to its outer end."""
    moved = at
    for edit in edits:
        start, end, length = edit.span.start, edit.span.end, len(edit.replacement)
        put_in_behind = is_end and start == end == at
        if end <= at and not put_in_behind:
            moved += length - (end - start)
        elif start < at < end:
            moved += (start + length if is_end else start) - at
    return moved
