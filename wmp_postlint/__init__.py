"""Lint a police social-media post before it is published.

>>> from wmp_postlint import lint
>>> lint("Road closed on the A38, please find another way.").verdict
'pass'

The names load when they are first used, so that importing the package costs a host program next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wmp_postlint.approvals.content import content_digest
    from wmp_postlint.audit_log import AuditLog
    from wmp_postlint.document import Attachment, Document, Surface
    from wmp_postlint.errors import (
        AuditLogError,
        DataError,
        InputError,
        NotLooked,
        PolicyError,
        PostError,
        RegistryError,
    )
    from wmp_postlint.finding import (
        Confidence,
        Edit,
        Finding,
        Fix,
        PolicyRef,
        Report,
        RuleError,
        Severity,
        Span,
        Status,
    )
    from wmp_postlint.limits import Limits
    from wmp_postlint.linter import Linter, lint
    from wmp_postlint.media.canvas import MediaFixError
    from wmp_postlint.media.fix import FixedMedia, fix_media
    from wmp_postlint.policy import Policy, load_policy
    from wmp_postlint.post import Account, Approval, InReplyTo, Link, Location, Media, Post, SharedFrom, Waiver
    from wmp_postlint.registry import all_rules
    from wmp_postlint.rule import Example, Flag, MediaRule, Pass, PostRule, Rule, TextRule

__all__ = [
    "Account",
    "Approval",
    "Attachment",
    "AuditLog",
    "AuditLogError",
    "Confidence",
    "DataError",
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "FixedMedia",
    "Flag",
    "InReplyTo",
    "InputError",
    "Limits",
    "Link",
    "Linter",
    "Location",
    "Media",
    "MediaFixError",
    "MediaRule",
    "NotLooked",
    "Pass",
    "Policy",
    "PolicyError",
    "PolicyRef",
    "Post",
    "PostError",
    "PostRule",
    "RegistryError",
    "Report",
    "Rule",
    "RuleError",
    "Severity",
    "SharedFrom",
    "Span",
    "Status",
    "Surface",
    "TextRule",
    "Waiver",
    "all_rules",
    "content_digest",
    "fix_media",
    "lint",
    "load_policy",
]

_HOMES = {
    "approvals.content": "content_digest",
    "audit_log": "AuditLog",
    "document": "Attachment Document Surface",
    "errors": "AuditLogError DataError InputError NotLooked PolicyError PostError RegistryError",
    "finding": "Confidence Edit Finding Fix PolicyRef Report RuleError Severity Span Status",
    "limits": "Limits",
    "linter": "Linter lint",
    "media.canvas": "MediaFixError",
    "media.fix": "FixedMedia fix_media",
    "policy": "Policy load_policy",
    "post": "Account Approval InReplyTo Link Location Media Post SharedFrom Waiver",
    "registry": "all_rules",
    "rule": "Example Flag MediaRule Pass PostRule Rule TextRule",
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # else a type checker would believe that every name exists

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
