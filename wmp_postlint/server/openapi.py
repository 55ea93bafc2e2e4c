"""The description of the service (OpenAPI 3.1), made of the same dataclasses as the schemas."""

from __future__ import annotations

import copy
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from wmp_postlint.server.body import FORM, JSON, LINES
from wmp_postlint.server.schemas import Schema, post_schema, report_schema

_PROBLEM = "application/problem+json"
_BYTES = "application/octet-stream"
_TEXT = "text/plain"
_ANY = (400, 403)
_COSTLY = (408, 413, 415, 422, 503)
_WORDS = {
    400: "The request is not whole, or came under another name than this machine's.",
    401: "The API key is missing, unknown or has ended.",
    403: "A page of another site asked.",
    404: "There is nothing under this address.",
    408: "The body did not come in in time.",
    413: "The body is too large.",
    415: "The body is of another type.",
    422: "The body, or the query, is not what it should be; `where` names the place.",
    429: "The key sends more than it may; Retry-After says when to go on.",
    503: "The service has enough to do, or the post took too long; Retry-After says when to try again.",
}
_REMOVE: Schema = {"type": "string", "enum": ["location", "identifying", "all"], "default": "location"}


@cache
def document(*, keys: bool) -> dict[str, object]:
    """Return the description.

    Args:
        keys: whether callers need an API key.
    """
    components: dict[str, Any] = {"schemas": _schemas()}
    if keys:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "wmp_postlint",
            "version": version("wmp-postlint"),
            "description": "Reads a police social-media post before it is published and says what must not go out. "
            "Findings are no errors of a request: they come with 200. Nothing is stored, no address in a post opened.",
        },
        "paths": {
            "/v1/lint": {"post": _lint(keys)},
            "/v1/lint/batch": {"post": _batch(keys)},
            "/v1/fix": {"post": _fix(keys)},
            "/v1/rules": {"get": _get("The rules that posts are linted by.", _ref("Rules"), keys)},
            "/v1/policy": {"get": _get("Accounts, platforms and clauses of the policy.", _ref("Policy"), keys)},
            "/metrics": {"get": _get("The numbers of all workers, for Prometheus.", {"type": "string"}, keys, _TEXT)},
            "/healthz": {"get": _get("Whether the process does what it is for.", _ref("State"), keys, busy=True)},
            "/readyz": {"get": _get("Whether another post would be taken.", _ref("State"), keys, busy=True)},
        },
        "components": components,
    }


def _lint(keys: bool) -> Schema:
    return {
        "operationId": "lint",
        "summary": "Lint one post.",
        "requestBody": _post_body(),
        "responses": {"200": _answer("The report.", {JSON: {"schema": _ref("Report")}}), **_problems(_COSTLY, keys)},
        **_security(keys),
    }


def _batch(keys: bool) -> Schema:
    text = {"type": "string"}
    return {
        "operationId": "lintBatch",
        "summary": "Lint a post on each line; each gets a line with its report, or with the problem with it.",
        "requestBody": {"required": True, "content": {LINES: {"schema": text}}},
        "responses": {
            "200": _answer("A line for each line, in their order.", {LINES: {"schema": text}}),
            **_problems(_COSTLY, keys),
        },
        **_security(keys),
    }


def _fix(keys: bool) -> Schema:
    file = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": "fix",
        "summary": "Make the fixes of a post, and clean its files; with Accept: application/octet-stream, the file.",
        "parameters": [
            {"name": "remove", "in": "query", "description": "What is taken out of files.", "schema": _REMOVE},
            {
                "name": "unsafe",
                "in": "query",
                "description": "Whether fixes are made that could change what the post says to its readers.",
                "schema": {"type": "string", "enum": ["false", "true"], "default": "false"},
            },
        ],
        "requestBody": _post_body(),
        "responses": {
            "200": _answer("The mended post, or the clean file.", {JSON: {"schema": _ref("Fixed")}, _BYTES: file}),
            **_problems(_COSTLY, keys),
        },
        **_security(keys),
    }


def _post_body() -> Schema:
    form = {
        "type": "object",
        "properties": {
            "post": _ref("Post"),
            "media": {"type": "array", "items": {"type": "string", "format": "binary"}},
        },
        "required": ["post"],
        "additionalProperties": False,
    }
    return {
        "required": True,
        "content": {
            JSON: {"schema": _ref("Post")},
            FORM: {"schema": form, "encoding": {"post": {"contentType": JSON}, "media": {"contentType": "*/*"}}},
        },
    }


def _get(words: str, schema: Schema, keys: bool, kind: str = JSON, *, busy: bool = False) -> Schema:
    answers = {
        "200": _answer(words, {kind: {"schema": schema}}),
        **_problems((503,) if busy else (), keys and not busy),
    }
    return {"summary": words, "responses": answers, **({} if busy else _security(keys))}


def _answer(words: str, content: Schema) -> Schema:
    return {"description": words, "content": content}


def _problems(statuses: tuple[int, ...], keys: bool) -> Schema:
    found = (*_ANY, *statuses, *((401,) if keys else ()), *((429,) if keys and statuses else ()))
    return {str(status): _problem(status) for status in sorted(found)}


def _problem(status: int) -> Schema:
    answer = _answer(_WORDS.get(status, HTTPStatus(status).phrase), {_PROBLEM: {"schema": _ref("Problem")}})
    if status in (429, 503):
        answer["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return answer


def _security(keys: bool) -> Schema:
    return {"security": [{"key": []}]} if keys else {}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in optional]}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _schemas() -> Schema:
    text: Schema = {"type": "string"}
    maybe: Schema = {"type": ["string", "null"]}
    number: Schema = {"type": "integer"}
    found: Schema = {}
    for schema in (post_schema(), report_schema()):
        top = {key: value for key, value in schema.items() if not key.startswith("$")}
        found |= {**schema["$defs"], schema["title"]: top}
    media = copy.deepcopy(found["Media"])
    del media["properties"]["path"]  # the service opens no files
    media["properties"]["name"] = {**text, "description": "The file name of the part of the form with its content."}
    found["Media"] = media
    removed = _object({"route": text, "path": text, "offset": number, "length": number})
    file = {"name": maybe, "sha256": maybe, "removed": _list(removed), "content": maybe, "problem": maybe}
    pack = {"id": text, "version": text}
    rule = dict.fromkeys(("name", "severity", "summary", "message", "advice"), text)
    found |= {
        "Problem": _object({"type": text, "title": text, "status": number, "detail": text, "where": text}, ("where",)),
        "Fixed": _object({"post": _ref("Post"), "report": _ref("Report"), "media": _list(_object(file))}),
        "Rules": _object(
            {
                "version": {"const": 1},
                "policy": _object(pack),
                "rules": _list(_object({**rule, "clauses": _list(text), "scope": maybe})),
            }
        ),
        "Policy": _object(
            {
                "version": {"const": 1},
                "policy": _object({**pack, "title": text}),
                "force": _object({"name": text, "press_office": text}),
                "accounts": _list(_object({"handle": text, "kind": text})),
                "account_kinds": _list(text),
                "platforms": _list(text),
                "clauses": _list(_object({"number": text, "title": text, "link": maybe})),
            }
        ),
        "State": _object({"status": text}),
    }
    return {name: _at_components(schema) for name, schema in found.items()}


def _at_components(value: Any) -> Any:
    """Return schemas whose references lead to where OpenAPI keeps them."""
    if isinstance(value, dict):
        return {key: _at_components(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_at_components(item) for item in value]
    return value.replace("#/$defs/", "#/components/schemas/") if isinstance(value, str) else value
