"""The bare words of one post: a text file, or what is typed into standard input."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.post import Post
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import LIKELY, NO, PERHAPS, Kind
from wmp_postlint.readers.loaded import MAX_BYTES, TOO_LONG, Loaded, UnreadableError, decode
from wmp_postlint.readers.place import File


def _claims(head: Head) -> int:
    if head.name.casefold().endswith(".txt"):
        return LIKELY
    return PERHAPS if head.name == "-" and not head.is_json else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableError(TOO_LONG)
    text = decode(content).replace("\r\n", "\n").rstrip("\n")
    if not text.strip():
        where = "there is nothing on standard input" if file.path == "-" else "the file is empty; delete it"
        raise UnreadableError(where)
    yield Loaded(file.path, 1, post=Post(text), text_line=1)


_REFUSED = (
    ("xl/workbook.xml", 'is an Excel workbook; save the table as "CSV UTF-8" and check that'),
    ("word/document.xml", "is a Word document; copy its words into a file that is called *.post.txt"),
    ("content.xml", "is a document of LibreOffice; save its words as *.post.txt, or a table as CSV"),
)

KIND = Kind("plain text", _claims, _read, refused=_REFUSED)
