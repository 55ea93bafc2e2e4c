"""What is raised when an input cannot be used: each error names the input and what was expected."""

from __future__ import annotations


class InputError(ValueError):
    """Report an input that cannot be used.

    Args:
        where: the key or file at fault, such as ``media[0].alt``; empty for the whole input.
        expected: what was expected there, in words that end no sentence.
    """

    kind = "input"

    def __init__(self, where: str, expected: str) -> None:
        self.where = where
        self.expected = expected
        super().__init__(f"{where or self.kind}: {expected}")


class PostError(InputError):
    """Report a post that does not have the documented shape."""

    kind = "post"


class PolicyError(InputError):
    """Report a policy pack, or a setting about rules, that cannot be used."""

    kind = "policy"


class DataError(InputError):
    """Report a vocabulary file of a rule that does not have its schema."""

    kind = "data"


class AuditLogError(InputError):
    """Report a log of decisions that cannot be added to, or that is not what was written."""

    kind = "log"


class RegistryError(RuntimeError):
    """Report rules that cannot be put together: an import that fails, a name used twice."""


class NotLooked(Exception):
    """Say that something could not be looked at, and why, in words for the person at the screen.

    A rule or an analysis raises it; the report then carries the message as an error, and does not pass.
    """
