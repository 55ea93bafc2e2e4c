"""JSON Schemas of the post and the report, made of the dataclasses; and TypeScript types made of the schemas.

``python -m wmp_postlint.server.schemas FOLDER`` writes them. The classes say which keys there are and of what type;
what ``to_dict`` calls otherwise, and what ``read_post`` asks for beyond types, stands here.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from wmp_postlint.finding import WIRE_VERSION, Report
from wmp_postlint.post import Post

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SAID: Schema = {"type": "string", "pattern": "\\S"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    datetime: _MOMENT,
    date: {"type": "string", "format": "date"},
    object: {},
}
# What a post must be beyond its types (readers/wire.py).
_BEYOND: dict[str, Schema] = {
    "Link": {
        "properties": {"start": {"minimum": 0}, "end": {"minimum": 0}},
        "dependentRequired": {"start": ["end"], "end": ["start"]},
    },
    "Location": {
        "properties": {"latitude": {"minimum": -90, "maximum": 90}, "longitude": {"minimum": -180, "maximum": 180}},
        "dependentRequired": {"latitude": ["longitude"], "longitude": ["latitude"]},
    },
    "Waiver": {"properties": {"rule": _SAID, "reason": _SAID, "by": _SAID}},
    "Approval": {"properties": {"covers": _SAID, "by": _SAID, "reference": _SAID}},
}
# What a report calls otherwise, or has besides (finding.py).
_RENAMED = {("Report", "post_id"): "id"}
_BESIDES: dict[str, Schema] = {"Report": {"version": {"const": WIRE_VERSION}, "passed": {"type": "boolean"}}}


def post_schema() -> Schema:
    """Return the schema of a post: what ``lint`` and files of posts take."""
    return _whole(Post, given=True, name=f"post-v{WIRE_VERSION}")


def report_schema() -> Schema:
    """Return the schema of a report: what ``Report.to_dict`` gives. Within a version, keys are only added."""
    return _whole(Report, given=False, name=f"report-v{WIRE_VERSION}")


def _whole(shape: type, *, given: bool, name: str) -> Schema:
    made: dict[str, Schema] = {}
    _of(shape, made, given=given)
    top = made.pop(shape.__name__)
    return {"$schema": DIALECT, "$id": f"urn:wmp-postlint:schema:{name}", **top, "$defs": dict(sorted(made.items()))}


def _of(hint: Any, made: dict[str, Schema], *, given: bool) -> Schema:
    """Return the schema of a type; classes go to ``made`` and are referred to."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"type": "string", "enum": [*args]}
    if origin in (typing.Union, types.UnionType):
        # A path and a text are the same in JSON.
        parts = {str(part): part for part in (_of(arg, made, given=given) for arg in args if arg is not Path)}
        return next(iter(parts.values())) if len(parts) == 1 else {"anyOf": [*parts.values()]}
    if hint is type(None):
        return {"type": "null"}
    if origin is tuple and args[-1] is not ...:
        return {"type": "array", "items": _of(args[0], made, given=given), "minItems": len(args), "maxItems": len(args)}
    if origin is tuple:
        return {"type": "array", "items": _of(args[0], made, given=given)}
    if origin is Mapping:
        return {"type": "object"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(member) for member in hint]}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if hint.__name__ not in made:
            made[hint.__name__] = {}  # the place, should it refer to itself
            made[hint.__name__] = _object(hint, made, given=given)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return dict(_PLAIN[hint])


def _object(shape: type, made: dict[str, Schema], *, given: bool) -> Schema:
    hints = typing.get_type_hints(shape)
    name = shape.__name__
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for each in dataclasses.fields(shape):
        key = _RENAMED.get((name, each.name), each.name)
        properties[key] = _of(hints[each.name], made, given=given)
        if not given or (each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING):
            required.append(key)
    if not given:
        besides = _BESIDES.get(name, {})
        properties = {**copy.deepcopy(besides), **properties}
        required = [*besides, *required]
    doc = " ".join((inspect.getdoc(shape) or "").split("\n\n", 1)[0].split()).replace("``", "'")
    schema: Schema = {"title": name, "description": doc, "type": "object", "properties": properties}
    if required:
        schema["required"] = required
    if given:
        schema["additionalProperties"] = False
        _lay_over(schema, _BEYOND.get(name, {}))
    return schema


def _lay_over(schema: Schema, more: Schema) -> None:
    for key, value in more.items():
        if key == "properties":
            for name, limits in value.items():
                target = schema["properties"][name]
                # Limits of a number hold for the number, not for the null beside it.
                whole = [part for part in target.get("anyOf", [target]) if part.get("type") != "null"]
                whole[0].update(limits)
        else:
            schema[key] = copy.deepcopy(value)


def typescript() -> str:
    """Return the types of posts and reports for TypeScript."""
    lines = [
        "// Posts and reports of wmp_postlint, made of its JSON Schemas (post-v1.json, report-v1.json).",
        "// Positions: `start` and `end` are Unicode code points; `utf16` are those of a JavaScript string.",
    ]
    for schema in (post_schema(), report_schema()):
        for each in (*schema["$defs"].values(), schema):
            lines += ["", f"/** {each['description']} */", f"export interface {each['title']} {{"]
            needed = each.get("required", ())
            for key, value in each["properties"].items():
                lines.append(f"  {key}{'' if key in needed else '?'}: {_type(value)};")
            lines.append("}")
    return "\n".join(lines) + "\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(part) for part in schema["anyOf"]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        inner = _type(schema["items"])
        if schema.get("minItems"):
            return f"[{', '.join([inner] * schema['minItems'])}]"
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    names = {"object": "Record<string, unknown>", "integer": "number", None: "unknown"}
    return names.get(kind, str(kind))


def files() -> dict[str, str]:
    """Return all files by their names."""
    return {
        f"post-v{WIRE_VERSION}.json": json.dumps(post_schema(), indent=2) + "\n",
        f"report-v{WIRE_VERSION}.json": json.dumps(report_schema(), indent=2) + "\n",
        f"wmp-postlint-v{WIRE_VERSION}.d.ts": typescript(),
    }


if __name__ == "__main__":
    for file_name, content in files().items():
        (Path(sys.argv[1]) / file_name).write_text(content, "utf-8")
