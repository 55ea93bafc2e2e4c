"""The schemas are those of the classes, say what is accepted and given, and stay compatible within version 1."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from wmp_postlint import Linter, PostError, all_rules
from wmp_postlint.readers.wire import read_post
from wmp_postlint.server.openapi import document
from wmp_postlint.server.schemas import files, post_schema, report_schema

FOLDER = Path(__file__).parents[2] / "schema"
FIRST = Path(__file__).with_name("version_1")  # as it was first given out: never to be changed

Schema = dict[str, Any]


def test_the_files_are_those_of_the_classes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(files())
    for name, content in files().items():
        assert (FOLDER / name).read_text("utf-8") == content, "run: make schema"


# What version 1 promises. A program that knows the first version 1 must get along with every later one: its posts are
# accepted, and what it reads in a report is there and means the same.


def breaks(old: Schema, new: Schema, *, given: bool, where: str = "") -> list[str]:
    """Return how a schema breaks the promise; ``given`` says whether programs give such values, or get them."""
    old_shapes = {old.get("title", ""): old, **old.get("$defs", {})}
    new_shapes = {new.get("title", ""): new, **new.get("$defs", {})}
    found = []
    for name, was in old_shapes.items():
        if name not in new_shapes:
            found.append(f"{name} is gone")
            continue
        found += _object_breaks(was, new_shapes[name], given, name)
    return found


def _object_breaks(old: Schema, new: Schema, given: bool, where: str) -> list[str]:
    found = [f"{where}.{key} is gone" for key in old["properties"] if key not in new["properties"]]
    old_needs, new_needs = set(old.get("required", ())), set(new.get("required", ()))
    changed = new_needs - old_needs if given else old_needs - new_needs
    found += [f"{where}.{key}: {'must be given' if given else 'may be missing'}" for key in sorted(changed)]
    for key, was in old["properties"].items():
        if key in new["properties"]:
            found += _value_breaks(was, new["properties"][key], given, f"{where}.{key}")
    return found


def _parts(schema: Schema) -> list[Schema]:
    return schema.get("anyOf", [schema])  # type: ignore[no-any-return]  # schemas are plain data


def _value_breaks(old: Schema, new: Schema, given: bool, where: str) -> list[str]:
    """Each value that a giver may give must stay acceptable; each value that a getter may get must have been known."""
    narrow, wide = (_parts(old), _parts(new)) if given else (_parts(new), _parts(old))
    return [f"{where}: {part}" for part in narrow if not any(_within(part, other) for other in wide)]


def _within(part: Schema, other: Schema) -> bool:
    """Return whether all values of one schema are values of another."""
    if "const" in other:
        return bool(part.get("const") == other["const"])
    if other.get("$ref") != part.get("$ref") or (other.get("type") and other["type"] != part.get("type")):
        return False
    if "enum" in other and not set(part.get("enum", [None])) <= set(other["enum"]):
        return False
    limits = ("pattern", "format", "contentEncoding", "minimum", "maximum", "minItems", "maxItems")
    if any(key in other and other[key] != part.get(key) for key in limits):
        return False
    return _within(part["items"], other["items"]) if "items" in other and "items" in part else True


@pytest.mark.parametrize(("name", "schema", "given"), [("post", post_schema, True), ("report", report_schema, False)])
def test_version_1_stays_compatible(name: str, schema: Any, given: bool) -> None:
    first = json.loads((FIRST / f"{name}.json").read_text("utf-8"))
    assert breaks(first, schema(), given=given) == []


@pytest.mark.parametrize(
    ("given", "change"),
    [
        (True, lambda post: post["properties"].pop("lang")),
        (True, lambda post: post["required"].append("id")),
        (True, lambda post: post["properties"]["kind"]["enum"].remove("reply")),
        (True, lambda post: post["properties"].update(text={"type": "object"})),
        (True, lambda post: post["properties"].update(id={"type": "string"})),
        (True, lambda post: post["properties"]["text"].update(pattern="x")),
        (True, lambda post: post["$defs"].pop("Link")),
        (True, lambda post: post["$defs"]["Link"]["properties"].pop("url")),
        (False, lambda report: report["properties"].pop("errors")),
        (False, lambda report: report["required"].remove("errors")),
        (False, lambda report: report["properties"]["verdict"]["enum"].append("perhaps")),
        (False, lambda report: report["properties"]["version"].update(const=2)),
        (False, lambda report: report["properties"].update(errors={"type": "string"})),
        (False, lambda report: report["$defs"]["Span"]["properties"].update(start={"type": "string"})),
        (False, lambda report: report["$defs"]["Finding"]["properties"].update(field={"anyOf": [{"type": "null"}]})),
    ],
)
def test_a_change_that_breaks_a_program_is_seen(given: bool, change: Any) -> None:
    schema = post_schema() if given else report_schema()
    changed = copy.deepcopy(schema)
    change(changed)
    assert breaks(schema, changed, given=given)


def test_what_is_only_added_breaks_nothing() -> None:
    post, report = post_schema(), report_schema()
    post["properties"]["mood"] = {"type": "string"}
    post["properties"]["kind"]["enum"].append("story")
    report["properties"]["mood"] = {"type": "string"}
    report["required"].append("mood")
    assert breaks(post_schema(), post, given=True) == []
    assert breaks(report_schema(), report, given=False) == []


# What they say is so


def validator(schema: Schema) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def closed(schema: Schema) -> Schema:
    """Return a schema that allows no key that it does not name."""
    strict = copy.deepcopy(schema)
    for shape in (strict, *strict["$defs"].values()):
        shape["additionalProperties"] = False
    return strict


def test_reports_of_all_examples_are_described_in_full() -> None:
    checked = validator(closed(report_schema()))
    linter = Linter()
    count = 0
    for rule in all_rules():
        for example in rule.examples:
            if example.on != "text" or callable(example.post):
                continue
            report = linter.lint({"text": example.marked.replace("«", "").replace("»", "")}).to_dict()
            checked.validate(json.loads(json.dumps(report)))
            count += len(report["findings"])  # type: ignore[arg-type]  # plain data
    assert count > 100


@pytest.mark.parametrize(
    "post",
    [
        {"text": ""},
        {"text": "a", "kind": "story"},
        {"text": None},
        {},
        {"text": "a", "mood": "glad"},
        {"text": "a", "account": {"handle": "x", "kind": "team"}},
        {"text": "a", "account": {}},
        {"text": "a", "media": [{"path": "a.jpg", "alt": None}, {"data": "AAAA"}]},
        {"text": "a", "media": {}},
        {"text": "a", "links": [{"url": "u", "start": 0, "end": 1}]},
        {"text": "a", "links": [{"url": "u", "start": 0}]},
        {"text": "a", "links": [{"url": "u", "start": -1, "end": 1}]},
        {"text": "a", "location": {"latitude": 52.5, "longitude": -1.9}},
        {"text": "a", "location": {"latitude": 152.5, "longitude": -1.9}},
        {"text": "a", "location": {"latitude": 52.5}},
        {"text": "a", "published_at": "2026-05-05T09:00:00+01:00"},
        {"text": "a", "approvals": [{"covers": "appeal", "by": "x", "reference": "1", "expires": "2026-05-05"}]},
        {"text": "a", "approvals": [{"covers": " ", "by": "x", "reference": "1"}]},
        {"text": "a", "waivers": [{"rule": "a/b", "reason": "", "by": "x"}]},
        {"text": "a", "meta": {"anything": [1, {"b": None}]}},
        {"text": "a", "meta": []},
    ],
)
def test_the_schema_of_a_post_agrees_with_its_reader(post: Schema) -> None:
    try:
        read_post(post)
        read = True
    except PostError:
        read = False
    assert validator(post_schema()).is_valid(post) is read


def test_the_types_name_every_key() -> None:
    types = files()["wmp-postlint-v1.d.ts"]
    for schema in (post_schema(), report_schema()):
        for shape in (schema, *schema["$defs"].values()):
            assert f"export interface {shape['title']} {{" in types
            assert all(f"\n  {key}: " in types or f"\n  {key}?: " in types for key in shape["properties"])
    assert "any" not in types.replace("many", "").split()


def test_the_description_is_sound_and_complete() -> None:
    described = document(keys=True)
    text = json.dumps(described)
    for name in {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in described["components"]["schemas"]  # type: ignore[index]  # plain data
    assert "#/$defs/" not in text
    for schema in described["components"]["schemas"].values():  # type: ignore[index]
        Draft202012Validator.check_schema(schema)
