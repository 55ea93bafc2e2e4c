"""``postlint serve``: the HTTP service and the officer's page."""

from __future__ import annotations

import argparse
import sys

from wmp_postlint.checker.options import add_policy
from wmp_postlint.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Serves the linter over HTTP, and a page to check posts on."
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port; 0 takes a free one (8000)")
    add_policy(parser)


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    try:
        import uvicorn

        from wmp_postlint.server.app import create_app
    except ModuleNotFoundError as error:
        raise InputError("serve", f"{error.name} is missing: pip install 'wmp-postlint[server]'") from None
    from wmp_postlint.server.settings import Settings

    settings = Settings(policy=given.policy, host=given.host, port=given.port)
    sys.stderr.write(f"http://{settings.host}:{settings.port}/\n")
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False)
    return 0
