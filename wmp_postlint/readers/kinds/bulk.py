"""The tables that scheduling tools take for many posts at once, told by their headings (``data/bulk/``).

A date such as 05/06/2026 that no other date of the file settles goes with its post as ``date_as_written``, for a rule
to ask about: on a template of the other kind it goes out on another day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import Literal, get_args

from wmp_postlint import lazy, resource
from wmp_postlint.convert import convert
from wmp_postlint.errors import DataError, PostError
from wmp_postlint.lazy import Record, field
from wmp_postlint.post import Account, Link, Media, Post
from wmp_postlint.readers.csv_text import Cell, rows, separator_of
from wmp_postlint.readers.export import is_picture, medium
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import CERTAIN, NO, PERHAPS, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File
from wmp_postlint.readers.schedule import Order, looks_like_a_time, order_of, time_of
from wmp_postlint.readers.wire import read_post

Meaning = Literal["id", "text", "words", "date", "time", "link", "media", "alt", "platform", "account"]

_ENDINGS = (".csv", ".tsv")
_BRACKETED = lazy.regex(r"\s+\([^()]{1,60}\)\Z")  # how the cells of the column are to be written
_SPLIT = lazy.regex(r"[\s,;|]+")
_ADDRESS = lazy.regex(r"(?i)(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


class Dialect(Record):
    """The table of one tool.

    ``columns`` gives the headings, in lower case, of what is read; ``words`` are published beside the text.
    ``required`` are the headings that it is told by, ``other`` those that are known and not published. A tool without
    headings gives the meanings of its columns as ``positional``.
    """

    name: str
    required: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Table(Record):
    """A dialect applied to a file: what each of its columns means, and whether its first row is a heading."""

    dialect: Dialect
    meanings: tuple[str | None, ...]
    has_heading: bool
    unknown: tuple[str, ...] = ()


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return the tools that are known, those told by the most headings first."""
    found = []
    for name in resource.names("bulk", ".toml"):
        dialect = convert(resource.read_table(f"bulk/{name}.toml"), Dialect, "", DataError)
        for meaning in (*dialect.columns, *dialect.positional):
            if meaning not in get_args(Meaning):
                raise DataError(f"bulk/{name}", f"no column can mean {meaning!r}")
        found.append(dialect)
    return tuple(sorted(found, key=lambda dialect: -len(dialect.required)))


def _claims(head: Head) -> int:
    named = head.name.casefold().endswith(_ENDINGS)
    first = None
    # A single line is no table with a heading and a post.
    if named or ("\n" in head.text.strip() and not head.is_json):
        with suppress(UnreadableError, StopIteration):
            first = next(rows(BytesIO(head.content), _separator(head)))
    if first and (table := _table(first)) is not None:
        # A text may begin with a date, or hold nothing but the word "post".
        certain = len(first) > 1 and table.has_heading and table.dialect.required
        return CERTAIN if named or certain else NO
    return PERHAPS if named else NO


def _separator(head: Head) -> str:
    return separator_of(head.text.partition("\n")[0])


def _read(file: File) -> Iterator[Loaded]:
    separator = _separator(Head.of(file))
    with file.open() as opened:
        first = next(rows(opened, separator), None)
    if first is None:
        raise UnreadableError("the table is empty; put a post into it or delete it")
    table = _table(first)
    if table is None:
        known = ", ".join(dialect.name for dialect in dialects() if dialect.required)
        problem = f"has no column that is called text or message, and is no template of Hootsuite, {known}"
        raise UnreadableError(f"{problem}; give its first row such a heading", 1)
    for heading in table.unknown:
        yield Loaded(file.path, 1, skipped=f"the column {heading!r}: it is not known whether it is published")
    with file.open() as opened:
        order = order_of(cells["date"].text for cells in _named(rows(opened, separator), table) if "date" in cells)
    found = False
    with file.open() as opened:
        for number, row in enumerate(rows(opened, separator)):
            if number or not table.has_heading:
                found = True
                yield _loaded(file, row, table, order)
    if not found:
        raise UnreadableError("the table has a heading and no post under it")


def _table(first: list[Cell]) -> _Table | None:
    headings = [_BRACKETED.sub("", " ".join(cell.text.split())).casefold() for cell in first]
    for dialect in dialects():
        if dialect.positional:
            continue
        named = {heading: meaning for meaning, names in dialect.columns.items() for heading in names}
        if any(heading not in headings for heading in dialect.required):
            continue
        meanings = tuple(named.get(heading) for heading in headings)
        if "text" in meanings:
            unknown = [
                cell.text.strip()
                for cell, heading, meaning in zip(first, headings, meanings, strict=True)
                if meaning is None and heading and heading not in dialect.other
            ]
            return _Table(dialect, meanings, True, tuple(unknown))
    positional = next(dialect for dialect in dialects() if dialect.positional)
    if len(first) > 1 and looks_like_a_time(first[0].text):
        return _Table(positional, positional.positional, False)
    return None


def _named(table_rows: Iterator[list[Cell]], table: _Table) -> Iterator[dict[str, Cell]]:
    for row in table_rows:
        yield {meaning: cell for meaning, cell in zip(table.meanings, row, strict=False) if meaning}


def _loaded(file: File, row: list[Cell], table: _Table, order: Order | None) -> Loaded:
    line = row[0].line
    identity = None
    try:
        _check_length(row, table)
        by_meaning: dict[str, list[Cell]] = {}
        for meaning, cell in zip(table.meanings, row, strict=False):
            if meaning and cell.text.strip():
                by_meaning.setdefault(meaning, []).append(cell)
        identity = by_meaning["id"][0].text.strip() if "id" in by_meaning else None
        post = read_post(_post(file, by_meaning, order, identity))
    except UnreadableError as error:
        return Loaded(file.path, error.line or line, identity, error=error.problem, column=error.column, part=str(line))
    except PostError as error:
        return Loaded(file.path, line, identity, error=f"cannot be read as a post: {error}", part=str(line))
    text = next(iter(by_meaning.get("text", ())), None)
    if text is None or not text.as_is or post.text != text.text:
        return Loaded(file.path, line, identity, post=post, part=str(line))
    return Loaded(file.path, line, identity, post=post, part=str(line), text_line=text.line, text_column=text.column)


def _check_length(row: list[Cell], table: _Table) -> None:
    width = len(table.meanings)
    beyond = next((cell for cell in row[width:] if cell.text.strip()), None)
    if table.dialect.positional and beyond is None:
        # A comma in an unquoted message puts its end where the link should stand.
        beyond = next((cell for cell in row[2:width] if cell.text.strip() and not _is_address(cell.text)), None)
    if beyond is not None:
        problem = "has more cells than the table has columns; put a text that holds commas into double quotes"
        raise UnreadableError(problem, beyond.line, beyond.column)


def _is_address(text: str) -> bool:
    return all(_ADDRESS.fullmatch(part) for part in _SPLIT.split(text.strip()))


def _post(file: File, cells: dict[str, list[Cell]], order: Order | None, identity: str | None) -> Post:
    texts = [cell.text for meaning in ("text", "words") for cell in cells.get(meaning, ())]
    texts = [text if "\r" not in text else text.replace("\r\n", "\n") for text in texts]
    addresses = [
        (meaning, address)
        for meaning in ("link", "media")
        for cell in cells.get(meaning, ())
        for address in _SPLIT.split(cell.text.strip())
    ]
    pictures = [address for meaning, address in addresses if meaning == "media" or is_picture(address)]
    links = [address for meaning, address in addresses if meaning == "link" and not is_picture(address)]
    if not texts and not pictures and not links:
        raise UnreadableError("has neither a text nor a picture nor a link")
    alts = [cell.text for cell in cells.get("alt", ())]
    written = " ".join(cell.text.strip() for meaning in ("date", "time") for cell in cells.get(meaning, ()))
    published = time_of(written, order) if written else None
    account = cells.get("account")
    return Post(
        "\n\n".join(texts),
        id=identity,
        platform=cells["platform"][0].text.strip().casefold() if "platform" in cells else None,
        account=Account(account[0].text.strip()) if account else None,
        media=tuple(_media(file, pictures, alts)),
        links=tuple(Link(address) for address in links),
        published_at=published,
        meta={"date_as_written": written} if written and published is None else {},
    )


def _media(file: File, addresses: list[str], alts: list[str]) -> Iterator[Media]:
    """Yield the pictures of a row; one description is the first one's, several on lines go one to each."""
    described = alts[0].splitlines() if len(alts) == 1 and len(addresses) > 1 else alts
    for index, address in enumerate(addresses):
        yield medium(file, address, alt=described[index] if index < len(described) else None)


KIND = Kind("bulk-upload table", _claims, _read)
