"""The fix that takes a marking out of a text."""

from __future__ import annotations

from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Edit, Fix


def editable(surface: Surface, document: Document) -> bool:
    """Tell whether a text can be edited as it stands: an edit across tags, or in bytes of a file, is more than that."""
    in_a_file = surface.kind in ("metadata", "unseen", "seen")
    return not in_a_file and (surface.field != "text" or document.post.text_format == "plain")


def removal(document: Document, surface: Surface, start: int, end: int, *, safe: bool) -> tuple[Fix, ...]:
    """Return the fix that takes a marking out, with the line or the separator that it leaves empty.

    Args:
        document: the post.
        surface: the text that holds the marking.
        start: where it begins in the folded text.
        end: where it ends in the folded text.
        safe: whether the rest may be published once it is gone.
    """
    text = surface.text
    if not editable(surface, document):
        return ()
    while start > 0 and text[start - 1] in " \t*_|([-=~":
        start -= 1
    while end < len(text) and text[end] in " \t*_|)]-=~:/":
        end += 1
    head, foot = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    joint = ""
    if head and foot:
        while end < len(text) and text[end] == "\n":
            end += 1
        while end == len(text) and start > 0 and text[start - 1].isspace():
            start -= 1
    elif not head and not foot:
        joint = " "
    if not (text[:start] + text[end:]).strip() or (surface.kind == "filename" and text[end : end + 1] == "."):
        return ()
    edit = Edit(surface.field, surface.span(start, end), joint)
    return (Fix("Take the marking out.", (edit,), safe=safe),)
