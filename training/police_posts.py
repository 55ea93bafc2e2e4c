"""Police-style posts written from templates, with every person, place and organisation in them labelled.

The tweets of the corpora hold few of the names that West Midlands posts hold, and fewer of their forms: appeals, court
results, officers with rank and collar number, roads and hospitals named after people. ``names/*.toml`` holds the words;
this, the grammar.
"""
# ruff: noqa: S311  (chance here is for variety, not for secrets)

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from corpora import Labelled

_HERE = Path(__file__).parent / "names"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class _Writer:
    chance: random.Random
    text: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    size: int = 0
    given: str = ""

    def add(self, words: str, label: str = "") -> None:
        if label and words:
            self.spans.append((self.size, self.size + len(words), label))
        self.text.append(words)
        self.size += len(words)


@cache
def _communities() -> tuple[list[dict[str, list[str]]], list[float]]:
    table = tomllib.loads((_HERE / "names.toml").read_text("utf8"))
    # A name that is also a town here would teach the network that the town is a person.
    towns = {*_templates()[2]["town"], *_templates()[2]["nameplace"]}
    names = [
        {key: [name for name in part[key].split() if name not in towns] for key in ("given", "surname")}
        for part in table.values()
    ]
    return names, [part["weight"] for part in table.values()]


@cache
def _templates() -> tuple[list[str], list[str], dict[str, list[str]]]:
    table = tomllib.loads((_HERE / "posts.toml").read_text("utf8"))
    words = {key: [word.strip() for word in value.split(";")] for key, value in table["words"].items()}
    return table["with_names"].strip().split("\n"), table["without_names"].strip().split("\n"), words


def write(number: int, *, seed: int) -> list[Labelled]:
    """Write posts, fewer sentences of them with names than without."""
    chance = random.Random(f"posts {seed}")
    with_names, without, _ = _templates()
    posts = []
    for _ in range(number):
        writer = _Writer(chance)
        for sentence in range(chance.choice((1, 1, 1, 2, 2, 3))):
            if sentence:
                writer.add(chance.choice((" ", " ", " ", "\n", "\n\n", " | ", "  ")))
            _fill(writer, chance.choice(with_names if chance.random() < 0.42 else without))
        if chance.random() < 0.25:
            writer.add(" #" + _word(writer, "campaign_tag"))
        posts.append(_noise(writer))
    return posts


def _fill(writer: _Writer, template: str) -> None:
    while (choice := _CHOICE.search(template)) is not None:
        chosen = writer.chance.choice(choice.group(1).split("|"))
        template = template[: choice.start()] + chosen + template[choice.end() :]
    template = re.sub(r" {2,}", " ", template).replace(" ,", ",").replace(" .", ".").strip()
    done = 0
    for slot in _SLOT.finditer(template):
        writer.add(template[done : slot.start()])
        name = slot.group(1)
        if name in _SLOTS:
            _SLOTS[name](writer)
        else:
            writer.add(_word(writer, name), _LABELS.get(name, ""))
        done = slot.end()
    writer.add(template[done:])


_LABELS = {
    "town": "GPE", "nameplace": "GPE", "club": "ORG", "org": "ORG", "charity": "ORG", "brand": "ORG", "shop": "ORG",
    "hospital": "GPE", "school": "ORG", "pub": "GPE", "court": "",
}  # fmt: skip


def _word(writer: _Writer, name: str) -> str:
    return writer.chance.choice(_templates()[2][name])


def _community(writer: _Writer) -> dict[str, list[str]]:
    names, weights = _communities()
    return writer.chance.choices(names, weights)[0]


def _person(writer: _Writer) -> None:
    chance, names = writer.chance, _community(writer)
    given, surname = chance.choice(names["given"]), chance.choice(names["surname"])
    writer.given = given
    form = chance.random()
    if form < 0.66:
        full = f"{given} {surname}"
    elif form < 0.72:
        full = f"{given} {chance.choice(names['given'])} {surname}"
    elif form < 0.76:
        full = f"{given} {_initial(chance)} {surname}"
    elif form < 0.80:
        full = f"{given} {surname}-{chance.choice(_community(writer)['surname'])}"
    elif form < 0.84:
        full = f"{given} {surname} {chance.choice(names['surname'])}"
    elif form < 0.86:
        full = f"{given}-{chance.choice(names['given'])} {surname}"
    elif form < 0.90:
        full = f"{given} {chance.choice(_community(writer)['surname'])}"
    elif form < 0.93:
        full = f"{_initial(chance)} {surname}"
    elif form < 0.95:
        full = given
    elif form < 0.97:
        full = f"{surname} {given}"
    else:
        forms = (f'{given} "{given[:4]}y" {surname}', f"{given} '{given[:3]}' {surname}", f"{given} {surname} Jr")
        full = chance.choice(forms)
    writer.add(full, "PERSON")


def _initial(chance: random.Random) -> str:
    letters = chance.choices("ABCDEFGHJKLMNPRSTVWYZ", k=chance.choice((1, 1, 1, 2)))
    dotted = [f"{letter}." for letter in letters]
    return chance.choice(("".join(dotted), " ".join(dotted), " ".join(letters)))


def _given(writer: _Writer) -> None:
    again = writer.given and writer.chance.random() < 0.6
    writer.add(writer.given if again else writer.chance.choice(_community(writer)["given"]), "PERSON")


def _surname(writer: _Writer) -> None:
    writer.add(writer.chance.choice(_community(writer)["surname"]), "PERSON")


def _initials_name(writer: _Writer) -> None:
    writer.add(f"{_initial(writer.chance)} {writer.chance.choice(_community(writer)['surname'])}", "PERSON")


def _rank(writer: _Writer) -> str:
    return _word(writer, "rank_short" if writer.chance.random() < 0.7 else "rank_long")


def _officer(writer: _Writer) -> None:
    chance, names = writer.chance, _community(writer)
    given, surname = chance.choice(names["given"]), chance.choice(names["surname"])
    writer.given = given
    writer.add(_rank(writer) + " ")
    if chance.random() < 0.2:
        writer.add(str(chance.randint(100, 29999)) + " ")
    full = f"{given} {surname}"
    forms = (full, full, surname, surname, given, f"{given[0]} {surname}", f"{given} {surname[0]}")
    writer.add(chance.choice(forms), "PERSON")
    if chance.random() < 0.12:
        writer.add(f" ({chance.randint(100, 29999)})" if chance.random() < 0.5 else f" {chance.randint(100, 29999)}")


def _street(writer: _Writer) -> None:
    chance = writer.chance
    number = f"{chance.randint(1, 200)} " if chance.random() < 0.15 else ""
    writer.add(number)
    writer.add(f"{_word(writer, 'plain_street')} {_word(writer, 'street_kind')}", "GPE")


def _namestreet(writer: _Writer) -> None:
    chance, names = writer.chance, _community(writer)
    if chance.random() < 0.3:
        return _street(writer)
    given, surname = chance.choice(names["given"]), chance.choice(names["surname"])
    forms = (
        surname,
        surname,
        given,
        f"{given} {surname}",
        f"{_word(writer, 'honour')} {given}s",
        f"{surname}s",
        f"Upper {surname}",
    )
    return writer.add(f"{chance.choice(forms)} {_word(writer, 'street_kind')}", "GPE")


def _school(writer: _Writer) -> None:
    chance = writer.chance
    if chance.random() < 0.5:
        return writer.add(_word(writer, "school"), "ORG")
    names = _community(writer)
    kind = _word(writer, "school_kind")
    first = chance.choice(
        (f"{chance.choice(names['given'])} {chance.choice(names['surname'])}", f"St {chance.choice(names['given'])}'s")
    )
    return writer.add(f"{first} {kind}", "ORG")


def _dogname(writer: _Writer) -> None:
    writer.add(f"{_word(writer, 'dog_rank')} {_word(writer, 'dog')}")


def _operation(writer: _Writer) -> None:
    writer.add(writer.chance.choice(("Operation ", "Op ", "#Operation ", "Op. ")) + _word(writer, "operation_word"))


def _charity(writer: _Writer) -> None:
    chance, names = writer.chance, _community(writer)
    if chance.random() < 0.7:
        return writer.add(_word(writer, "charity"), "ORG")
    kind = _word(writer, "charity_kind")
    first = chance.choice(
        (chance.choice(names["surname"]), f"{chance.choice(names['given'])} {chance.choice(names['surname'])}")
    )
    return writer.add(f"{first} {kind}", "ORG")


def _hashtag_name(writer: _Writer) -> None:
    chance, names = writer.chance, _community(writer)
    given, surname = chance.choice(names["given"]), chance.choice(names["surname"])
    before = chance.choice(
        ("Find", "Missing", "JusticeFor", "RIP", "Wanted", "Help", "Where Is", "BringHome", "")
    ).replace(" ", "")
    name = f"{given}{surname}" if not before or chance.random() < 0.6 else given
    name = name.replace("'", "").replace("-", "")
    writer.add(before)
    writer.add(name, "PERSON")


def _digits(low: int, high: int) -> Callable[[_Writer], None]:
    return lambda writer: writer.add(str(writer.chance.randint(low, high)))


def _handle(writer: _Writer) -> None:
    names = _community(writer)
    writer.add(f"@{writer.chance.choice(names['given'])}{writer.chance.randint(1, 99)}".replace("'", ""))


def _date(writer: _Writer) -> None:
    chance = writer.chance
    writer.add(
        f"{chance.randint(1, 28):02}{chance.choice('/.-/')}{chance.randint(1, 12):02}/{chance.randint(1940, 2012)}"
    )


def _upper(slot: str) -> Callable[[_Writer], None]:
    return lambda writer: writer.add(_word(writer, slot).upper(), _LABELS.get(slot, ""))


_SLOTS: dict[str, Callable[[_Writer], None]] = {
    "person": _person, "given": _given, "surname": _surname, "initials_name": _initials_name, "officer": _officer,
    "street": _street, "namestreet": _namestreet, "school": _school, "dogname": _dogname, "operation": _operation,
    "charity": _charity, "hashtag_name": _hashtag_name, "handle": _handle, "date": _date,
    "age": _digits(18, 89), "small": _digits(2, 17), "years": _digits(2, 28),
    "digit": _digits(1, 11), "number": _digits(100, 9999),
    "time": lambda w: w.add(f"{w.chance.randint(1, 12)}{w.chance.choice(('am', 'pm', '.30pm', ':15am'))}"),
    "officer_team": lambda w: w.add(f"{w.chance.choice(('our', 'the'))} {_word(w, 'place_org')} team"),
    "nameplace_upper": _upper("nameplace"), "crime_upper": _upper("crime"),
}  # fmt: skip


def _noise(writer: _Writer) -> Labelled:
    """Put the whole post or its names in other letters, now and then."""
    chance, text = writer.chance, "".join(writer.text)
    draw = chance.random()
    changed = text
    if draw < 0.07:
        changed = text.upper()
    elif draw < 0.13:
        changed = text.lower()
    elif draw < 0.20:
        for start, end, label in writer.spans:
            if label == "PERSON":
                changed = changed[:start] + changed[start:end].upper() + changed[end:]
    elif draw < 0.24:
        head, mark, tail = text.partition("\n") if "\n" in text else text.partition(". ")
        changed = head.upper() + mark + tail
    return Labelled(changed if len(changed) == len(text) else text, tuple(writer.spans))
