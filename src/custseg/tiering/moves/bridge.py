"""What moves did to the money: from the worth of all tiers before to that of now."""

from decimal import Decimal
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Ints
from custseg.frames import UNITS, amounts
from custseg.labels import label
from custseg.layout import aligned, html_table
from custseg.showing import Shown
from custseg.tiering.moves.counting import summed
from custseg.tiering.moves.ladder import States
from custseg.tiering.moves.pairs import Pairs

STEPS: Final = ("before", "entered", "up", "stayed", "down", "left", "after")


@attrs.frozen(eq=False)
class Worth:
    """What customers were worth, by the states they came from and went to.

    Place 0 is who was in none. A worth counts while its customer is in a tier.

    Attributes:
        before: Whole 1/10000 units before the move: from x to.
        after: Whole units after it.
        unknown: Customers left out of both, because a worth that counts is missing.
        rounded: Amounts finer than 1/10000, which were rounded.
    """

    before: Ints
    after: Ints
    unknown: int
    rounded: int

    @property
    def columns(self) -> dict[str, Floats]:
        """Both as columns of money, a row of states after the other."""
        sides = {"worth_before": self.before, "worth_after": self.after}
        return {name: amounts(units.ravel()) for name, units in sides.items()}

    @classmethod
    def of(cls, pairs: Pairs, states: States) -> "Worth | None":
        """From pairs; ``None`` where their worth was not asked for."""
        if pairs.worth_before is None or pairs.worth_after is None:
            return None
        sides = ((pairs.before, pairs.worth_before), (pairs.after, pairs.worth_after))
        tiered = [_tiered(codes, states.tiers) for codes, _ in sides]
        lacks = np.zeros(len(pairs.before.at), dtype=np.bool_)
        for counting, (_, worth) in zip(tiered, sides, strict=True):
            lacks |= counting & ~worth.known
        folds = [states.folding(codes.words) for codes, _ in sides]
        before, now = (
            folds[0].T
            @ summed(pairs.before, pairs.after, np.where(counting & ~lacks, worth.units, 0))
            @ folds[1]
            for counting, (_, worth) in zip(tiered, sides, strict=True)
        )
        rounded = sum(worth.rounded for _, worth in sides)
        return cls(before, now, int(np.count_nonzero(lacks)), rounded)


def _tiered(codes: Codes, tiers: tuple[str, ...]) -> Bools:
    """Who is in a tier."""
    table = np.array([*(word in tiers for word in codes.words), False])
    return table[codes.at]


@attrs.frozen
class ValueBridge(Shown):
    """From the worth of all customers in tiers before to that of now, step by step.

    ``after = before + entered + up + stayed + down + left``, to the last digit in ``units`` and in
    ``exact``.

    Attributes:
        units: The steps in whole 1/10000 units, in the order of ``STEPS``.
        unknown: Customers left out, because their worth is missing on a side that counts.
        rounded: Amounts finer than 1/10000, which were rounded.

    >>> from custseg.tiering import migration
    >>> before = [{"customer_id": 1, "tier": "low", "paid": 10}]
    >>> now = [
    ...     {"customer_id": 1, "tier": "high", "paid": 90},
    ...     {"customer_id": 2, "tier": "low", "paid": 5},
    ... ]
    >>> found = migration(before, now, value="paid").bridge
    >>> found.before, found.entered, found.up, found.after
    (10.0, 5.0, 80.0, 95.0)
    """

    units: tuple[int, ...]
    unknown: int
    rounded: int

    @classmethod
    def of(cls, worth: Worth, tiers: int) -> "ValueBridge":
        """From sums by states, the first of which are tiers."""
        inside = slice(1, tiers + 1)
        change = (worth.after - worth.before)[inside, inside]
        before, now = int(worth.before[inside].sum()), int(worth.after[:, inside].sum())
        entered = now - int(worth.after[inside, inside].sum())
        left = int(worth.before[inside, inside].sum()) - before
        parts = (np.triu(change, 1), np.diag(change), np.tril(change, -1))
        moved = (int(part.sum()) for part in parts)
        return cls((before, entered, *moved, left, now), worth.unknown, worth.rounded)

    @property
    def before(self) -> float:
        """Worth of the customers in tiers before."""
        return self._money("before")

    @property
    def entered(self) -> float:
        """Worth, now, of customers who came into a tier."""
        return self._money("entered")

    @property
    def up(self) -> float:
        """What those who moved up are worth more than before; below 0 where it is less."""
        return self._money("up")

    @property
    def stayed(self) -> float:
        """What those who stayed in their tier are worth more."""
        return self._money("stayed")

    @property
    def down(self) -> float:
        """What those who moved down are worth more; usually below 0."""
        return self._money("down")

    @property
    def left(self) -> float:
        """Worth, before, of customers who are in no tier any more, below 0."""
        return self._money("left")

    @property
    def after(self) -> float:
        """Worth of the customers in tiers now."""
        return self._money("after")

    @property
    def change(self) -> float:
        """What all are worth more than before."""
        return (self.units[-1] - self.units[0]) / UNITS

    @property
    def exact(self) -> dict[str, Decimal]:
        """The steps as decimals, which add up exactly."""
        return {name: Decimal(u).scaleb(-4) for name, u in zip(STEPS, self.units, strict=True)}

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        steps = {name: self._money(name) for name in STEPS}
        return {**steps, "unknown": self.unknown, "rounded": self.rounded}

    def text(self, locale: str = "en") -> str:
        """Lines to read, one a step."""
        return aligned(("", label("migration.worth", locale)), self._rows(locale))

    def _rows(self, locale: str) -> list[tuple[str, str]]:
        signs = ["", *["+"] * (len(STEPS) - 2), ""]
        return [
            (label(f"migration.{name}", locale), f"{self._money(name):{sign},.2f}")
            for name, sign in zip(STEPS, signs, strict=True)
        ]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", label("migration.worth", locale)), self._rows(locale))

    def _money(self, name: str) -> float:
        return self.units[STEPS.index(name)] / UNITS
