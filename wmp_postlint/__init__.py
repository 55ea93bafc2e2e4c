"""Lint a police social-media post before it is published.

>>> from wmp_postlint import lint
>>> lint("Road closed on the A38, please find another way.").verdict
'pass'
"""

from wmp_postlint.document import Attachment, Document, Surface
from wmp_postlint.errors import DataError, InputError, NotLooked, PolicyError, PostError, RegistryError
from wmp_postlint.finding import Confidence, Edit, Finding, Fix, PolicyRef, Report, RuleError, Severity, Span, Status
from wmp_postlint.limits import Limits
from wmp_postlint.linter import Linter, lint
from wmp_postlint.policy import Policy, load_policy
from wmp_postlint.post import Account, Approval, InReplyTo, Link, Location, Media, Post, SharedFrom, Waiver
from wmp_postlint.registry import all_rules
from wmp_postlint.rule import Example, Flag, MediaRule, Pass, PostRule, Rule, TextRule

__all__ = [
    "Account",
    "Approval",
    "Attachment",
    "Confidence",
    "DataError",
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "Flag",
    "InReplyTo",
    "InputError",
    "Limits",
    "Link",
    "Linter",
    "Location",
    "Media",
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
    "lint",
    "load_policy",
]
