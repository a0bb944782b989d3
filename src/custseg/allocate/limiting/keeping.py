"""What each group carries of each load, beside what it may and must."""

from typing import Protocol

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.limiting.loads import Loads
from custseg.labels import label
from custseg.showing import Shown

_HAIR = 1e-6


class Placed(Protocol):
    """Who has whom: what a solver gives."""

    @property
    def at(self) -> Index:
        """The column of the representative of each row, -1 for none."""
        ...

    @property
    def load_prices(self) -> tuple[Floats, ...]:
        """What one more unit of each load and group would be worth."""
        ...

    @property
    def splits(self) -> tuple[tuple[int, int, float], ...]:
        """Row, column and share of each row that several share."""
        ...


@attrs.frozen
class KeptLoad(Shown):
    """One load of one group after a plan.

    Attributes:
        load: What the load is called.
        group: The representative or the team.
        low: The least; 0 where there is none.
        high: The most; ``None``: no limit.
        held: What it carries.
        price: What one more unit of room would be worth, in points.
        assumed: For how many customers of the whole load, whose measure is empty or below 0,
            something else stood in.

    >>> short = KeptLoad("revenue", "R1", 90.0, 110.0, 80.0, -0.01)
    >>> short.short, short.over
    (10.0, 0.0)
    >>> print(short.text())
    R1: revenue 80 of 90 to 110 (10 short)
    """

    load: str
    group: object
    low: float
    high: float | None
    held: float
    price: float
    assumed: int = 0

    @property
    def short(self) -> float:
        """How much is missing to the least."""
        gap = self.low - self.held
        return gap if gap > _HAIR * max(1.0, self.low) else 0.0

    @property
    def over(self) -> float:
        """How much is above the most, because of one customer larger than a fairness band."""
        gap = 0.0 if self.high is None else self.held - self.high
        return gap if gap > _HAIR * max(1.0, self.held) else 0.0

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "short": self.short, "over": self.over}

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        end = "load_kept" if self.high is not None else "load_kept_free"
        said = {"load": self.load, "group": self.group, "held": _said(self.held)}
        ends = {"low": _said(self.low), "high": _said(self.high or 0.0)}
        line = label(end, locale).format_map({**said, **ends})
        for code, gap in (("load_short", self.short), ("load_over", self.over)):
            if gap:
                line += label(code, locale).format_map({"gap": _said(gap)})
        return line


def _said(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def kept(loads: Loads, found: Placed) -> tuple[KeptLoad, ...]:
    """Every load of every group beside its limits, in the order of the loads.

    Args:
        loads: The loads that were to be kept.
        found: Who has whom, with prices and shares.

    >>> from custseg.allocate.solving.solution import Solution
    >>> loads = Loads.of_one("value", np.array([6.0, 5.0]), np.zeros(2), np.full(2, 7.0))
    >>> [row.held for row in kept(loads, Solution.bare(np.array([0, 1]), 2))]
    [6.0, 5.0]
    """
    out: list[KeptLoad] = []
    sums = carried(loads, found)
    for r, name in enumerate(loads.names):
        assumed = loads.assumed[r] if loads.assumed else 0
        prices = found.load_prices[r] if found.load_prices else np.zeros(loads.lo[r].size)
        lows, highs = loads.lo[r].tolist(), loads.hi[r].tolist()
        for g, held in enumerate(sums[r].tolist()):
            group = loads.groups[r][g] if loads.groups else g
            high = None if np.isinf(highs[g]) else highs[g]
            out.append(KeptLoad(name, group, lows[g], high, held, float(prices[g]), assumed))
    return tuple(out)


def carried(loads: Loads, found: Placed) -> tuple[Floats, ...]:
    """What each group carries in each load, customers that are shared by their shares.

    >>> from custseg.allocate.solving.solution import Solution
    >>> loads = Loads.of_one("value", np.array([6.0]), np.zeros(2), np.full(2, 7.0))
    >>> split = Solution(np.array([0]), np.zeros(2), splits=((0, 0, 0.5), (0, 1, 0.5)))
    >>> carried(loads, split)[0].tolist()
    [3.0, 3.0]
    """
    if not found.splits:
        return loads.held(found.at)
    rows, cols, shares = (np.array(part) for part in zip(*found.splits, strict=True))
    alone = found.at.copy()
    alone[rows] = -1
    pieces = loads.part(rows)
    pieces = attrs.evolve(pieces, weight=pieces.weight * shares)
    both = zip(loads.held(alone), pieces.held(cols), strict=True)
    return tuple(first + second for first, second in both)
