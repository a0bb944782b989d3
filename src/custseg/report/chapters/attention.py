"""Who needs attention: the customers whose money is at risk?"""

from collections.abc import Iterator
from typing import ClassVar, Final

import attrs

from custseg.features.fewest import FEWEST
from custseg.frames import UNITS
from custseg.labels import label, title
from custseg.pipeline import Run
from custseg.report.blocks import Block, Said
from custseg.report.figures import amount, brief, count, joined, share, words
from custseg.report.grids import Grid
from custseg.report.slipping import Named, Slipping, slipping_of

_SURE: Final = 0.9999  # no model is ever certain
_WORDS: Final = 6  # so many of what is told of a customer are words


@attrs.frozen(eq=False)
class Attention:
    """Who needs attention.

    Attributes:
        found: Who they are.
        values: Whether names and money of single customers are shown.
    """

    code: ClassVar[str] = "attention"

    found: Slipping
    values: bool = False

    @classmethod
    def of(cls, run: Run, *, values: bool) -> "Attention | None":
        """Of a run; ``None`` where nothing tells whose money is at risk."""
        found = slipping_of(run, values=values)
        return None if found is None else cls(found, values)

    @property
    def units(self) -> int | None:
        """The money at risk; ``None``: of too few customers."""
        return self.found.units if self.found.customers >= FEWEST else None

    def as_dict(self) -> dict[str, object]:
        """Plain data; names and money of single customers only where they may be shown."""
        rule = self.found.rule
        units = self.units
        return {
            "rule": {"money": rule.money, "state": rule.state, "horizon_days": rule.horizon},
            "customers": self.found.customers,
            "money_at_risk": None if units is None else units / UNITS,
            "withheld": self.found.withheld,
            "named": [self._plain(one) for one in self.found.named],
        }

    def _plain(self, one: Named) -> dict[str, object]:
        held: dict[str, object] = attrs.asdict(one)
        for name in ("units", "at_risk"):
            units = held.pop(name)
            held[name] = units / UNITS if isinstance(units, int) else None
        return held if self.values else {k: v for k, v in held.items() if v is not None}

    def blocks(self, locale: str) -> Iterator[Block]:
        """How many, by which rule, and the first of them by name."""
        found = self.found
        yield Said(self.told(locale), "lead")
        yield Said(self.rule(locale), "note")
        if not found.named:
            return
        yield self._grid(locale)
        yield Said(joined(self._notes(locale), locale), "note")

    def _notes(self, locale: str) -> Iterator[str]:
        found = self.found
        if rest := found.customers - len(found.named):
            yield words("attention_rest", locale, rest=count(rest))
        if found.withheld:
            yield words("attention_withheld", locale, withheld=count(found.withheld))
        if not self.values:
            yield words("attention_values", locale)

    def told(self, locale: str) -> str:
        """How many, and how much is at risk."""
        if not self.found.customers:
            return words("attention_nobody", locale)
        many = count(self.found.customers)
        if self.units is None:
            return words("attention_few", locale, customers=many)
        told = {"money": brief(self.units, locale), "what": title(self.found.rule.money, locale)}
        return words("attention", locale, customers=many, **told)

    def rule(self, locale: str) -> str:
        """By which rule."""
        rule = self.found.rule
        money = title(rule.money, locale)
        if rule.horizon is None:
            state = label(str(rule.state), locale)
            return words("rule_state", locale, money=money, state=state)
        return words("rule_chance", locale, money=money, days=f"{rule.horizon:g}")

    def _grid(self, locale: str) -> Grid:
        told = [self._told(place, one, locale) for place, one in enumerate(self.found.named, 1)]
        wanted = [any(row[i][1] for row in told) for i in range(len(told[0]))]
        shown = [[cell for cell, some in zip(row, wanted, strict=True) if some] for row in told]
        heads = tuple(head for head, _ in shown[0])
        rows = tuple(tuple(cell or "-" for _, cell in row) for row in shown)
        first = sum(wanted[:_WORDS])
        return Grid(heads, rows, words("attention_head", locale), first)

    def _told(self, place: int, one: Named, locale: str) -> tuple[tuple[str, str], ...]:
        """What is told of a customer, under which head; nothing of what is not known."""
        silent = "" if one.silent is None else words("days", locale, days=count(round(one.silent)))
        return (
            ("#", str(place)),
            (words("customer", locale), one.customer),
            (words("name", locale), one.name or ""),
            (title("lifecycle", locale), label(one.lifecycle or "", locale)),
            (title("tier", locale), label(one.tier or "", locale)),
            (title("owner", locale), one.owner or ""),
            (words("chance", locale), share(min(one.chance, _SURE), 1) if one.chance else ""),
            (words("silent", locale), silent),
            (title(self.found.rule.money, locale), amount(one.units) if one.units else ""),
            (words("at_risk", locale), amount(one.at_risk) if one.at_risk and one.chance else ""),
        )
