"""The one page that says what an audit found; it needs no other file and no network, and holds no words of posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from wmp_postlint.scale.plots import bars, curves

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;"
    "overflow-wrap:anywhere}td.n,th.n{text-align:right}svg{max-width:100%;height:auto}.big{font-size:1.4rem}"
)


def page(figures: Mapping[str, Any]) -> str:
    """Return the page as HTML.

    Args:
        figures: what ``figures_of`` gave.
    """
    verdicts, months = figures["verdicts"], figures["months"]
    dated = {month: counts for month, counts in months.items() if month[:1].isdigit()}
    parts = [
        "<h1>What the archive holds</h1>",
        f'<p class="big">{figures["posts"]:,} posts: {verdicts["block"]:,} would be blocked, {verdicts["review"]:,} '
        f"need a look, {verdicts['pass']:,} pass.</p>",
        f"<p>Judged under {escape(figures['policy'])}. "
        f"{figures['skipped']:,} entries are no posts and were left out.</p>",
        _unseen(figures["not looked at"]),
        "<h2>What was found</h2><p>Posts by rule, where a finding stands open.</p>",
        bars("Posts by rule", {each["rule"]: each["posts"] for each in figures["rules"][:25]}),
        "<h2>Over time</h2>",
        curves(
            "Share of posts by month, in percent",
            list(dated),
            {
                f"{words}, % of posts": [100 * counts[key] / max(1, counts["posts"]) for counts in dated.values()]
                for key, words in (("block", "blocked"), ("review", "to look at"))
            },
        )
        if dated
        else "<p>No post has a time.</p>",
        "<h2>Accounts</h2>",
        _table(
            ("account", "posts", "block", "review"),
            ([each["account"] or "(none named)", *(each[key] for key in ("posts", "block", "review"))]
             for each in figures["accounts"]),
        ),
        "<h2>The worst posts</h2>",
        _table(
            ("id", "account", "source", "row", "errors", "warnings"),
            ([each[key] for key in ("id", "account", "source", "row", "errors", "warnings")]
             for each in figures["worst"]),
        ),
    ]  # fmt: skip
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What the archive holds</title>'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _unseen(problems: Mapping[str, int]) -> str:
    if not problems:
        return "<p>Everything could be looked at.</p>"
    return "<h2>What could not be looked at</h2>" + _table(("rule", "errors"), ([*item] for item in problems.items()))


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    listed = list(rows)
    numbers = [isinstance(value, int) for value in listed[0]] if listed else [False] * len(heads)
    head = "".join(
        f'<th scope="col"{" class=n" * number}>{escape(name)}</th>' for name, number in zip(heads, numbers, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in listed)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f'<td class="n">{value:,}</td>'
    return f"<td>{escape(str(value))}</td>"
