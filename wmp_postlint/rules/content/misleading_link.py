"""Links whose words show another address than the one they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.tokens import SHORTENERS, host_of, tokens_of, within
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity, Span
from wmp_postlint.post import Link
from wmp_postlint.rule import Flag, Pass, PostRule
from wmp_postlint.text import fold, identity


class MisleadingLink(PostRule):
    """Flags a link whose words are one address while it leads to another.

    Readers trust the address that they see, the more so from the police. A slip of the pasteboard or a tool in between
    sends them elsewhere, and so does somebody who wants to deceive. Instead, let the link lead where its words say, or
    let its words say what the page is about. Words that are no address are no matter of this rule; nor are shortened
    links, which social platforms make of every address. Limits: it compares hosts, and opens no link.
    """

    name = "content/misleading-link"
    clauses = ("4.1", "4.16")
    severity = Severity.WARNING
    message = "The words of this link show one address, and the link leads to another."
    advice = "Make the link lead to the address that it shows, or change its words."
    examples = (
        Flag("Report it at [«www.police.uk»](https://police-uk.example.com/login).", post={"text_format": "markdown"}),
        Flag(
            'Go to <a href="https://example.net/a">«west-midlands.police.uk/report»</a>', post={"text_format": "html"}
        ),
        Flag(
            "See «example.org/news» now", post={"links": (Link("https://evil.example.net", "example.org/news", 4, 20),)}
        ),
        Flag("Look.", field="links[0]", post={"links": (Link("https://example.net/1", "https://example.org/1"),)}),
        Pass("Report it [at our site](https://www.police.uk/report).", post={"text_format": "markdown"}),
        Pass("Report it at [police.uk](https://www.police.uk/report).", post={"text_format": "markdown"}),
        Pass("Go to [news.example.org](https://example.org/news).", post={"text_format": "markdown"}),
        Pass("Go to [example.org/n…](https://bit.ly/example1).", post={"text_format": "markdown"}),
        Pass("Go to [news.exam…](https://news.example.org/a).", post={"text_format": "markdown"}),
        Pass("Read [example.net scams: how to spot them](https://example.org/a).", post={"text_format": "markdown"}),
        Pass("Mail [us@example.org](mailto:us@example.org).", post={"text_format": "markdown"}),
        Pass("Tell [us.Then](https://example.org) rest.", post={"text_format": "markdown"}),
        Pass("See https://example.org/a", post={"links": (Link("https://example.net"),)}),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        for index, link in enumerate(document.links):
            if not link.text or not _misleads(link.text, link.url):
                continue
            if link.start is None or link.end is None:
                yield self.finding(f"links[{index}]")
            else:
                yield self.finding("text", Span.of(document.post.text, link.start, link.end))


def _misleads(words: str, target: str) -> bool:
    """Tell whether words are an address on another host than a target."""
    shown, leads = fold(identity(words.strip())).text, host_of(target)
    if leads in SHORTENERS or len(shown.split()) > 1:
        return False
    hosts = [host_of(token.text) for token in tokens_of(shown) if token.kind == "url"]
    return any(not within(host, leads) and not within(leads, host) for host in hosts)
