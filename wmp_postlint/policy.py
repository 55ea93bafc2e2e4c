"""A force's policy pack: declarative TOML that is read, extended and validated; no code, no network.

Lists of a pack are added to those of the pack it extends, tables are merged key by key, single values are replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from wmp_postlint import packs
from wmp_postlint.convert import convert
from wmp_postlint.errors import PolicyError
from wmp_postlint.finding import PolicyRef, Severity
from wmp_postlint.lazy import Record, field
from wmp_postlint.pack_facts import dialled
from wmp_postlint.pack_tables import Approving, Election, Pattern, RuleSettings, Translation, joined
from wmp_postlint.post import Account, AccountKind

T = TypeVar("T")

DEFAULT_PACK = "west-midlands"


class Force(Record):
    """The force itself: its names, sites, and the office that speaks for it.

    ``sites`` are hosts (with their subdomains) or host and path prefixes that count as the force's own pages;
    ``mail_domains`` the domains of its staff's mail; ``places`` the towns and areas it serves, ``region`` what these
    together are called; ``stations`` its stations and other buildings; ``bynames`` what else people call the force.
    """

    name: str
    short_names: tuple[str, ...] = ()
    press_office: str = "the press office"
    sites: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    bynames: tuple[str, ...] = ()


class PublicNumber(Record):
    """A telephone number that is meant for the public."""

    number: str
    owner: str


class Contacts(Record):
    """Contact data that is public: numbers, number blocks by leading digits, mailboxes by local part or whole."""

    numbers: tuple[PublicNumber, ...] = ()
    number_prefixes: tuple[str, ...] = ()
    role_mailboxes: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()

    @cached_property
    def digits(self) -> frozenset[str]:
        """The public numbers, their digits alone, as dialled within the country."""
        return frozenset(dialled(public.number) for public in self.numbers)


class Accounts(Record):
    """The register of official accounts, handles without @: the corporate ones, the teams' and the partners'."""

    corporate: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


class Outlet(Record):
    """A news outlet: its name, its mail and web domains, its handles without @, and whether it is a local page."""

    name: str
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    local: bool = False


class People(Record):
    """People whose names a post may hold: public figures, and police dogs and horses."""

    public_figures: tuple[str, ...] = ()
    animals: tuple[str, ...] = ()


class Policy(Record):
    """A policy pack, resolved.

    ``clause_link`` is the address of a page with the clauses, ``{clause}`` in it standing for the number of one;
    ``rule_link`` that of a page about a rule, ``{rule}`` standing for its name; ``speaks_for`` gives the approval
    scopes that an account kind needs no approval for; ``shares_pass`` those that a share of an official account passes;
    ``platforms`` what an account kind may use, any where it is not named;
    ``never_waived`` the rules, or patterns of them, that no waiver answers;
    ``undecidable`` for a clause that no rule reads the reason why; ``translations`` the words by language tag.
    """

    id: str
    version: str
    title: str
    force: Force
    clause_link: str | None = None
    rule_link: str | None = None
    extends: str | None = None
    contacts: Contacts = Contacts()
    accounts: Accounts = Accounts()
    outlets: tuple[Outlet, ...] = ()
    people: People = People()
    elections: tuple[Election, ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    speaks_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shares_pass: tuple[str, ...] = ()
    platforms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never_waived: tuple[str, ...] = ()
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    undecidable: Mapping[str, str] = field(default_factory=dict)
    approving: Approving = Approving()
    patterns: tuple[Pattern, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)

    @property
    def ref(self) -> PolicyRef:
        """What a report says of the pack it was made with."""
        return PolicyRef(self.id, self.version)

    def read(self, reading: Callable[[Policy], T]) -> T:
        """Return ``reading(policy)``, worked out once for this pack."""
        if reading not in self._readings:
            self._readings[reading] = reading(self)
        made: T = self._readings[reading]
        return made

    @cached_property
    def _readings(self) -> dict[Callable[[Policy], Any], Any]:
        return {}

    def link(self, clause: str) -> str | None:
        """Return the address of a page with a clause, if the pack gives one on the web."""
        return _on_the_web((self.clause_link or "").replace("{clause}", clause))

    def rule_page(self, rule: str) -> str | None:
        """Return the address of the page about a rule, if the pack gives one on the web."""
        return _on_the_web((self.rule_link or "").replace("{rule}", rule))

    def help_link(self, rule: str, clauses: Sequence[str]) -> str | None:
        """Return where to read on about a finding: the rule's page, else its first clause."""
        return self.rule_page(rule) or (self.link(clauses[0]) if clauses else None)

    @cached_property
    def _register(self) -> dict[str, AccountKind]:
        kinds: dict[str, AccountKind] = {handle_key(handle): "team" for handle in self.accounts.teams}
        return kinds | {handle_key(handle): "corporate" for handle in self.accounts.corporate}

    @cached_property
    def partners(self) -> frozenset[str]:
        """The handles of the partners, as the register compares them."""
        return frozenset(map(handle_key, self.accounts.partners))

    def registered_kind(self, handle: str) -> AccountKind | None:
        """Return what the register knows a handle as, or None when it does not hold it."""
        return self._register.get(handle_key(handle))

    def account_kind(self, account: Account | None) -> AccountKind:
        """Return the kind of a publishing account; one that nobody vouches for counts as an officer's."""
        if account is None:
            return "officer"
        return account.kind or self.registered_kind(account.handle) or "officer"

    def settings(self, rule: str) -> RuleSettings:
        """Return what the pack changes about a rule: by its own name first, then by the longest pattern that fits."""
        known = self._settings.get(rule)
        if known is None:
            fitting = sorted((name for name in self.rules if name != rule and fnmatchcase(rule, name)), key=len)
            own = [RuleSettings(clauses=one.clauses) for one in self.patterns if one.name == rule and one.clauses]
            exact = self.rules.get(rule, RuleSettings())
            known = joined([exact, *own, *(self.rules[name] for name in reversed(fitting))])
            self._settings[rule] = known
        return known

    @cached_property
    def _settings(self) -> dict[str, RuleSettings]:
        return {}

    def severity(self, rule: str, default: Severity, kind: AccountKind) -> Severity:
        """Return the severity of a rule's ordinary findings on an account of the kind."""
        settings = self.settings(rule)
        chosen = settings.severity_by_account.get(kind, settings.severity)
        return default if chosen is None else Severity(chosen)


def _on_the_web(link: str) -> str | None:
    return link if link.startswith(("https://", "http://")) else None


def handle_key(handle: str) -> str:
    """Return a handle as the register compares it: without @, case folded."""
    return handle.strip().lstrip("@").casefold()


def load_policy(
    pack: str | Path | None = None, over: Sequence[Path] = (), more: Mapping[str, object] | None = None
) -> Policy:
    """Read a policy pack and those it extends.

    Args:
        pack: the name of a pack that is bundled or installed, or the path of a TOML file; by default the West Midlands
            pack.
        over: files with more of it, laid over it in their order as it is over the pack that it extends.
        more: a table that is laid over all of them.

    Raises:
        PolicyError: if the pack is missing, is not TOML, or holds an unknown key or a wrong value.
    """
    name = DEFAULT_PACK if pack is None else pack
    if isinstance(name, Path) or "/" in name or name.endswith(".toml"):
        return _resolve(Path(name), over, more)
    return _resolve(name, over, more) if over or more else _bundled(name)


@cache
def _bundled(name: str) -> Policy:
    return _resolve(name)


def _resolve(pack: str | Path, over: Sequence[Path] = (), more: Mapping[str, object] | None = None) -> Policy:
    chain = packs.layers(pack)
    policy = convert(packs.laid(chain), Policy, "", _PackError.of(chain))
    for part in over:
        chain.append((part, packs.part(part)))
        policy = convert(packs.laid(chain), Policy, "", _PackError.of(chain))
    if more:
        chain.append((pack, dict(more)))
        policy = convert(packs.laid(chain), Policy, "", _PackError.of(chain))
    by_kind: dict[str, Mapping[str, object]] = {"speaks_for": policy.speaks_for, "platforms": policy.platforms}
    by_kind |= {f"rules.{rule}": settings.severity_by_account for rule, settings in policy.rules.items()}
    for where, by in by_kind.items():
        for kind in by:
            if kind not in get_args(AccountKind):
                raise PolicyError(f"{pack}: {where}.{kind}", f"expected one of {', '.join(get_args(AccountKind))}")
    return policy


class _PackError(PolicyError):
    """A PolicyError that names the pack before the key, and counts in a list as that pack's file does."""

    chain: packs.Chain = ()

    def __init__(self, where: str, expected: str) -> None:
        pack, key = packs.placed(self.chain, where)
        super().__init__(f"{pack}: {key}" if key else str(pack), expected)

    @classmethod
    def of(cls, chain: packs.Chain) -> type[_PackError]:
        return type("_PackError", (cls,), {"chain": chain})
