"""What was found out about a book of rules, for people and for machines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from custseg.labels import filled, label
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown, bullets, heads, page

_FEW: Final = 5  # overlaps that are told one by one
_MANY: Final = 12  # words that are listed


@attrs.frozen
class RuleLint(Shown):
    """What is wrong with a book, and what is well to know.

    Attributes:
        rules: How many rules it has.
        findings: What is wrong, as codes with parameters: ``rules.never_true``,
            ``rules.shadowed`` (one rule before it takes all of it), ``rules.unreachable`` (several
            do together), ``rules.duplicate_name``, ``rules.expired``, ``rules.no_rep``,
            ``rules.no_such_rep`` and ``rules.no_such_team``, ``rules.unknown_region``.
        notes: What is no fault: ``rules.overlap`` (two rules hold of some customers, neither of
            all of the other's, and send them elsewhere), ``rules.not_yet``, ``rules.all_away``,
            ``rules.many`` (too many combinations to prove everything).

    >>> RuleLint(2).clean, RuleLint(2).text()
    (True, '2 rules, nothing wrong')
    """

    rules: int
    findings: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def found(self, name: str) -> tuple[Reason, ...]:
        """The findings, and notes, of one name.

        Args:
            name: Such as ``shadowed``.

        >>> RuleLint(1).found("shadowed")
        ()
        """
        every = (*self.findings, *self.notes)
        return tuple(reason for reason in every if reason.code == f"rules.{name}")

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "rules": self.rules,
            "findings": [reason.as_dict() for reason in self.findings],
            "notes": [reason.as_dict() for reason in self.notes],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: what is wrong, then what is well to know.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "rules.head_clean" if self.clean else "rules.head"
        head = filled(label(code, locale), rules=self.rules, found=len(self.findings))
        lines = [f"  - {reason.text(locale)}" for reason in self.findings]
        overlaps = self.found("overlap")
        told = self.notes
        if len(overlaps) > _FEW:
            told = tuple(reason for reason in self.notes if reason not in overlaps)
        lines += [f"  * {reason.text(locale)}" for reason in told]
        return "\n".join(
            [head, *lines, *(_worst(overlaps, locale) if len(overlaps) > _FEW else ())]
        )

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        said = (reason.text(locale) for reason in (*self.findings, *self.notes))
        return page(self.text(locale).splitlines()[0]) + bullets(said)


def _worst(overlaps: Sequence[Reason], locale: str) -> Iterator[str]:
    """Many overlaps in a few lines: how many there are, and which rules have the most."""
    by_rule: dict[object, list[Reason]] = {}
    for reason in overlaps:
        by_rule.setdefault(reason.settings["place"], []).append(reason)
    worst = sorted(by_rule.values(), key=lambda some: -len(some))  # ties: the earlier rule
    head = filled(label("rules.overlaps", locale), count=len(overlaps), rules=len(worst))
    yield f"  * {head}"
    for some in worst[:_FEW]:
        settings = {**some[0].settings, "count": len(some)}
        yield f"    {Reason('rules.overlapping', settings).text(locale)}"
    if rest := worst[_FEW:]:
        yield f"    {filled(label('rules.further', locale), count=len(rest))}"


@attrs.frozen
class Gap(Shown):
    """Customers of one combination of whom no rule holds.

    Attributes:
        where: Column -> what is said of it: words, an interval, ``…`` for whatever no rule names,
            ``?`` where it is missing.
        customers: How many.

    >>> Gap({"region": "…", "tier": "?"}, 12).text()
    'region = …, tier = ?: 12'
    """

    where: Mapping[str, str]
    customers: int

    def text(self) -> str:
        """One line to read."""
        return f"{combination(self.where)}: {self.customers}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(
            heads(locale, "unmatched", "customers"), [(combination(self.where), self.customers)]
        )


@attrs.frozen
class RuleCoverage(Shown):
    """How many customers each rule decides, and who is left to the fallback.

    Attributes:
        customers: How many there are.
        by_rule: Rule -> how many it decides (of several that hold, each counts), zeros included;
            names that stand twice count together.
        unmatched: How many no rule holds of.
        nobody: How many a rule holds of whose representatives are not there; 0 without
            representatives.
        gaps: The combinations of the unmatched, the most frequent first.
        more: Unmatched customers of further combinations.
        missing: Column -> how many of the unmatched lack it.
        absent: Column -> the words that rules name and no customer has: typing errors, often.

    >>> RuleCoverage(4, {"north": 3}, 1, 0).share
    0.75
    """

    customers: int
    by_rule: Mapping[str, int]
    unmatched: int
    nobody: int
    gaps: tuple[Gap, ...] = ()
    more: int = 0
    missing: Mapping[str, int] = attrs.field(factory=dict[str, int])
    absent: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])

    @property
    def share(self) -> float | None:
        """The part of the customers of whom a rule holds; None without customers."""
        return 1 - self.unmatched / self.customers if self.customers else None

    @property
    def idle(self) -> tuple[str, ...]:
        """The rules that decide nobody here."""
        return tuple(name for name, count in self.by_rule.items() if not count)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "share": self.share, "idle": list(self.idle)}

    def text(self, locale: str = "en") -> str:
        """Lines to read: the share, each rule, the gaps.

        Args:
            locale: ``en`` or ``zh``.
        """
        share = "-" if self.share is None else f"{self.share:.1%}"
        settings = {"customers": self.customers, "share": share}
        lines = [filled(label("rules.covered", locale), **settings)]
        lines += [f"  {name}: {count}" for name, count in self.by_rule.items()]
        some = {"unmatched": self.unmatched, "nobody": self.nobody}
        lines += [
            f"  - {label(f'rules.{name}', locale).format(count=n)}" for name, n in some.items() if n
        ]
        lines += [f"    {gap.text()}" for gap in self.gaps]
        lines += [f"    {label('rules.more', locale).format(count=self.more)}"] if self.more else []
        for name, gone in self.absent.items():
            words = ", ".join([*gone[:_MANY], *(["…"] if len(gone) > _MANY else [])])
            lines.append(f"  * {label('rules.absent', locale).format(column=name, words=words)}")
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(combination(gap.where), str(gap.customers)) for gap in self.gaps]
        rules = [(name, str(count)) for name, count in self.by_rule.items()]
        head = page(self.text(locale).splitlines()[0])
        by_rule = html_table(heads(locale, "rule", "customers"), rules)
        return head + by_rule + html_table(heads(locale, "unmatched", "customers"), rows)


def combination(where: Mapping[str, str]) -> str:
    """A combination in one line.

    >>> combination({"region": "north", "tier": "?", "revenue": ">= 100, < 500"})
    'region = north, tier = ?, revenue >= 100, < 500'
    """
    return ", ".join(map(_equal, where.items())) or "…"


def _equal(item: tuple[str, str]) -> str:
    field, value = item
    interval = value.startswith(("< ", "<= ", "> ", ">= "))
    return f"{field} {value}" if interval else f"{field} = {value}"
