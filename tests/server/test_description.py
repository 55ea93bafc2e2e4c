"""The service does what its description says, for requests that are made of the description and against it.

``make fuzz-api`` sends 2,000; the suite some dozens.
"""

from __future__ import annotations

import json
import os
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from wmp_postlint.server.app import create_app

CASES = int(os.environ.get("POSTLINT_CASES", "80"))
WITH_BODIES = 3  # operations; the others take nothing that could vary


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> bytes:
    """A post, and whatever was made, each on a line."""
    made = value if isinstance(value, bytes) else json.dumps(value).encode()
    return json.dumps({"text": str(value)}).encode() + b"\n" + made


described = schemathesis.openapi.from_asgi("/openapi.json", create_app(), headers={"host": "localhost"})


@described.parametrize()
@settings(max_examples=-(-CASES // WITH_BODIES), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_failure_and_nothing_that_is_not_described(case: Case[Any]) -> None:
    answer = case.call(headers={"host": "localhost"})
    case.validate_response(
        answer,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
            unsupported_method,
        ],
    )
