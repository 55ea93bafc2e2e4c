"""WordPress's REST interface: what a request to save a post holds, and the error that stops it.

A filter ``rest_pre_insert_post`` hands the request to the service and returns its answer as a ``WP_Error``
(``docs/integrations.md``). A request that publishes nothing, such as the saving of a draft, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from wmp_postlint.adapters import answer
from wmp_postlint.adapters.payload import Accounts, Fetch, Field, PayloadError, account, medium, nothing, shown_in
from wmp_postlint.finding import Report
from wmp_postlint.post import Media, Post

_PRIVATE = ("draft", "auto-draft", "pending", "trash")
_PARTS = ("title", "content", "excerpt")


def publishes(request: object) -> bool:
    """Whether a request, or the post as it would be then, is seen by the public, now or at its time.

    A request without a status may change a post that is published already, so that it counts.
    """
    status = Field(request).text_of("status")
    return status not in _PRIVATE


def posts(request: object, fetch: Fetch = nothing, accounts: Accounts | None = None) -> list[Post]:
    """Return the parts of a post, each as a post of its own, so that findings keep their place in it.

    Args:
        request: the post of a request or of an answer; each part is text, or an object with ``raw`` and ``rendered``.
        fetch: returns a picture by its address, and the featured one by its id.
        accounts: accounts by the id of their author.

    Raises:
        PayloadError: if it holds no part of a post, or something of it is not what it should be.
    """
    top = Field(request)
    identity = top.get("id")
    author = top.get("author")
    owner = account(author.identity(), accounts or {}, "wordpress") if author else None
    when = top.moment_of("date_gmt") or top.moment_of("date")
    featured = list(_featured(top, fetch))
    found = []
    for name in _PARTS:
        words = _words(top.get(name), name)
        if words is None:
            continue
        media = [*shown_in(words, fetch), *(featured if name == "content" else ())]
        if words.strip() or media:
            found.append(
                Post(
                    words,
                    id=f"{identity.identity()}.{name}" if identity else name,
                    text_format="html",
                    platform="wordpress",
                    account=owner,
                    media=tuple(media),
                    published_at=when,
                )
            )
    if featured and not any(item in post.media for post in found for item in featured):
        found.append(Post("", id="featured_media", platform="wordpress", account=owner, media=tuple(featured)))
    if not found:
        raise PayloadError("", f"holds none of {', '.join(_PARTS)}, featured_media")
    return found


def error(reports: Sequence[Report]) -> dict[str, object] | None:
    """Return the error that a filter of WordPress gives back, or None where the post may be saved.

    What a person must decide stops the request too: whoever may publish decides by saving it as ``pending``.
    """
    verdict = answer.worst(reports)
    if verdict == "pass":
        return None
    data = {"status": 400, "verdict": verdict}
    return {"code": f"postlint_{verdict}", "message": answer.explanation(reports), "data": data}


def _words(part: Field | None, name: str) -> str | None:
    """Return what an author wrote, else what the site made of it; a plain title has no markup."""
    if part is None:
        return None
    if isinstance(part.value, str):
        return escape(part.value, quote=False) if name == "title" else part.value
    raw = part.get("raw")
    if raw is not None:
        return escape(raw.text(), quote=False) if name == "title" else raw.text()
    return part["rendered"].text()


def _featured(top: Field, fetch: Fetch) -> Iterator[Media]:
    number = top.get("featured_media")
    if number is not None and number.identity() != "0":
        yield medium(number.identity(), fetch, kind="image")
