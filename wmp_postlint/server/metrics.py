"""What is counted, and how Prometheus reads it. No label holds anything that a request chose."""

from __future__ import annotations

from collections.abc import Iterable

from wmp_postlint.finding import Report
from wmp_postlint.server.board import BUCKETS, OTHER, Board

ROUTES = (
    "/v1/lint", "/v1/lint/batch", "/v1/fix", "/v1/rules", "/v1/policy",
    "/openapi.json", "/healthz", "/readyz", "/metrics", "/", "/static",
)  # fmt: skip
STATUSES = (200, 304, 400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 500, 503)
_LINTED = ("/v1/lint", "/v1/lint/batch", "/v1/fix")
_HELP = {
    "requests_total": ("counter", "Requests, by route and status."),
    "request_seconds": ("histogram", "Time from the head of a request to the end of its answer."),
    "posts_total": ("counter", "Posts that were linted, by verdict."),
    "findings_total": ("counter", "Open findings, by rule."),
    "unchecked_total": ("counter", "Posts of which something could not be looked at."),
    "waiting": ("gauge", "Posts that are waiting or being read."),
    "body_bytes": ("gauge", "Bytes of the bodies that are held."),
    "worker_starts_total": ("counter", "Starts of workers."),
}


def names(rules: Iterable[str]) -> list[str]:
    """Return the names of all counters."""
    found = [_requests(route, status) for route in (*ROUTES, OTHER) for status in (*STATUSES, OTHER)]
    for route in _LINTED:
        found += [_bucket(route, bucket) for bucket in (*BUCKETS, "+Inf")]
        found += [f'request_seconds_sum{{route="{route}"}}', f'request_seconds_count{{route="{route}"}}']
    found += [f'posts_total{{verdict="{verdict}"}}' for verdict in ("pass", "review", "block")]
    found += [f'findings_total{{rule="{rule}"}}' for rule in rules]
    return [*found, "unchecked_total", "waiting", "body_bytes", "worker_starts_total"]


def route_of(path: str) -> str:
    """Return the route of a path: never the path itself, which anybody can choose."""
    if path.startswith("/static/"):
        return "/static"
    return path if path in ROUTES else OTHER


def count_request(board: Board, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    board.add(_requests(route, status if status in STATUSES else OTHER))
    if route in _LINTED:
        board.add(_bucket(route, next((bucket for bucket in BUCKETS if seconds <= bucket), "+Inf")))
        board.add(f'request_seconds_sum{{route="{route}"}}', seconds)
        board.add(f'request_seconds_count{{route="{route}"}}')


def count_report(board: Board, report: Report) -> None:
    """Count a post that was linted."""
    board.add(f'posts_total{{verdict="{report.verdict}"}}')
    for finding in report.findings:
        if finding.status == "open":
            board.add(f'findings_total{{rule="{finding.rule}"}}')
    if report.errors:
        board.add("unchecked_total")


def exposition(board: Board) -> str:
    """Return all numbers in the text format of Prometheus."""
    lines: list[str] = []
    totals = board.totals()
    for route in _LINTED:  # counted in one bucket each, shown in all that hold it
        held = 0.0
        for bucket in (*BUCKETS, "+Inf"):
            held += totals[_bucket(route, bucket)]
            totals[_bucket(route, bucket)] = held
    for family, (kind, words) in _HELP.items():
        lines += [f"# HELP postlint_{family} {words}", f"# TYPE postlint_{family} {kind}"]
        for name, value in totals.items():
            base = name.partition("{")[0]
            whole = base == family or (kind == "histogram" and base.rpartition("_")[0] == family)
            if whole and (value or kind != "counter"):
                lines.append(f"postlint_{name} {value:.15g}")
    return "\n".join(lines) + "\n"


def _requests(route: str, status: int | str) -> str:
    return f'requests_total{{route="{route}",status="{status}"}}'


def _bucket(route: str, bucket: float | str) -> str:
    return f'request_seconds_bucket{{route="{route}",le="{bucket}"}}'
