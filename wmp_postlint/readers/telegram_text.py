"""The words of a Telegram message, which its export holds in pieces: put together, with the place of each piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wmp_postlint.post import Link
from wmp_postlint.readers import json_text
from wmp_postlint.readers.export import at, list_at, text_at
from wmp_postlint.readers.json_places import JsonSource, Place
from wmp_postlint.readers.loaded import UnreadableError


class Run(NamedTuple):
    """A piece of a message's words: its path in the message, empty for what only parts two others, and its link."""

    path: str
    words: str
    target: str | None = None


class MessageSource(JsonSource):
    """The JSON text of a message, whose words may stand in it in pieces."""

    def places(self, field: str, text: str, *positions: int) -> tuple[Place, ...] | None:
        runs = words_of(json_text.parse(self.text)) if field == "text" else []
        if "".join(run.words for run in runs) != text:
            return super().places(field, text, *positions)
        found: tuple[Place, ...] = ()
        for position in positions:
            behind = int(position > positions[0])  # an end belongs to the piece of the character before it
            run, inside = _run_at(runs, position - behind)
            place = super().places(run.path, run.words, inside + behind) if run.path else None
            if place is None:
                return None
            found += place
        return found


def _run_at(runs: list[Run], position: int) -> tuple[Run, int]:
    """Return the piece that a character stands in, and where in it; behind the last one, its end."""
    for run in runs:
        if position < len(run.words):
            return run, position
        position -= len(run.words)
    return runs[-1], len(runs[-1].words)


def words_of(message: object) -> list[Run]:
    """Return the words that a message publishes, in pieces: its text, what is attached to it, who signs it.

    Raises:
        UnreadableError: if some of them are no words; it names the key.
    """
    said: list[Run] = []
    for between, path, value in _texts(message):
        runs = list(_runs(path, value))
        if any(run.words.strip() for run in runs):
            said += [Run("", between), *runs] if said else runs
    return said


def _texts(message: object) -> Iterator[tuple[str, str, object]]:
    """Yield what parts a text from those before it, the text's path and the text."""
    key = "text" if at(message, "text") else "text_entities"
    yield "\n\n", key, at(message, key)
    yield "\n\n", "poll.question", at(message, "poll", "question")
    if not isinstance(at(message, "poll", "answers"), list | None):
        raise UnreadableError("poll.answers: expected a list")
    for index, answer in enumerate(list_at(message, "poll", "answers")):
        yield "\n", f"poll.answers[{index}].text", at(answer, "text")
    for key, between in (("first_name", "\n\n"), ("last_name", " "), ("phone_number", " ")):
        yield between, f"contact_information.{key}", at(message, "contact_information", key)
    for key in ("game_title", "game_description"):
        yield "\n\n", key, at(message, key)
    for path, button in _buttons(message):
        yield "\n", f"{path}.text", at(button, "text")
    yield "\n\n", "author", at(message, "author")


def _runs(path: str, value: object) -> Iterator[Run]:
    if isinstance(value, str):
        yield Run(path, value)
        return
    if not isinstance(value, list | None):
        raise UnreadableError(f"{path}: expected text, or a list of texts and objects with a text")
    for index, part in enumerate(value or ()):
        if isinstance(part, str):
            yield Run(f"{path}[{index}]", part)
            continue
        words, target = at(part, "text"), at(part, "href")
        if not isinstance(words, str):
            raise UnreadableError(f"{path}[{index}]: expected text, or an object with a text")
        if not isinstance(target, str | None) or (at(part, "type") == "text_link" and not target):
            raise UnreadableError(f"{path}[{index}].href: expected the address that the link leads to")
        yield Run(f"{path}[{index}].text", words, target)


def _buttons(message: object) -> Iterator[tuple[str, object]]:
    for row, buttons in enumerate(list_at(message, "inline_bot_buttons")):
        for index, button in enumerate(list_at(buttons)):
            yield f"inline_bot_buttons[{row}][{index}]", button


def links_of(runs: list[Run], message: object) -> Iterator[Link]:
    """Yield the links in a message's words and those of its buttons."""
    start = 0
    for run in runs:
        end = start + len(run.words)
        if run.target:
            yield Link(run.target, run.words, start, end)
        start = end
    for _, button in _buttons(message):
        if at(button, "type") == "url" and (target := text_at(button, "data")) is not None:
            yield Link(target)
