"""How customers moved between tiers from one review to the next, and what it did to the money."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats
from custseg.features.periods import whole
from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table, percent, plain, ranged
from custseg.measures.intervals import ratio, wilson
from custseg.measures.markov import Passage, first_passage, reached, resting
from custseg.measures.moving import Mobility, mobility
from custseg.measures.stability import Stability, psi
from custseg.reasons import Reason
from custseg.tiering.moves.bridge import ValueBridge
from custseg.tiering.moves.crossings import Crossings
from custseg.tiering.moves.ladder import THREE, MoveNames
from custseg.tiering.moves.pairs import joined, within
from custseg.tiering.moves.sankey import Sankey, diagram

FEW: Final = 30
"""Customers below which a row of a matrix is marked: its shares are guesses."""

AHEAD: Final = 4
"""Periods that a text looks ahead: further on, chances that hold today say nothing."""

_LEVEL: Final = 0.95


@attrs.frozen(eq=False)
class Migration(Tabled, Crossings):
    """Customers by the tier they had and the tier they have.

    A customer without a tier before has *entered*, one without a tier now has *left*. Words that
    are no tiers, such as ``dormant`` or ``merged``, are states outside: they have rows and columns
    of their own, and whoever goes there has left the tiers.

    Attributes:
        tiers: The tiers, lowest first.
        outside: States outside the tiers, as they were found.
        moves: Customers from x to; place 0 is who is in no state, then tiers and states outside.
        worth: What they are worth, the same way; ``None`` where it was not asked for.
        like: A table of the kind that answers have.

    >>> before = [{"customer_id": i, "tier": "low"} for i in range(4)]
    >>> now = [{"customer_id": i, "tier": "high" if i == 3 else "low"} for i in range(1, 6)]
    >>> found = migration(before, now, tiers=("low", "high"))
    >>> found.counts.tolist(), found.entries.tolist(), found.exits.tolist()
    ([[2, 1], [0, 0]], [2, 0], [1, 0])
    """

    @property
    def among_tiers(self) -> Floats:
        """Chances of those who had a tier and have one: tiers x tiers.

        Source: in ratings "NR-adjusted", where who is not rated any more is left out.
        """
        stayed = self.within_tiers
        return ratio(stayed, stayed.sum(axis=1)[:, None])

    @property
    def mobility(self) -> Mobility:
        """Indices of mobility of those who had a tier and have one."""
        return mobility(self.among_tiers, self.within_tiers.sum(axis=1))

    @property
    def stability(self) -> Stability:
        """The population stability index of the tiers, now against before."""
        inside = slice(1, len(self.tiers) + 1)
        return psi(self.moves[inside].sum(axis=1), self.moves[:, inside].sum(axis=0))

    @property
    def bridge(self) -> ValueBridge | None:
        """What moves did to the money; ``None`` where no value was named."""
        return None if self.worth is None else ValueBridge.of(self.worth, len(self.tiers))

    @property
    def sankey(self) -> Sankey:
        """Nodes and links to draw."""
        return diagram(self.states, self.moves, self.worth)

    @property
    def chain(self) -> Floats:
        """Chances to go from state to state, with *left* as the last one, where all stay."""
        size = len(self.states)
        chances = np.eye(size + 1)[[-1] * (size + 1)]
        chances[:-1] = ratio(np.column_stack((self.counts, self.exits)), self.totals[:, None])
        return chances

    @property
    def first_passage(self) -> Passage:
        """Whether and after how many reviews customers first get from state to state.

        If they go on moving by these chances, without memory; the last place is *left*.
        """
        return first_passage(self.chain)

    def rising(self, periods: int = AHEAD) -> Floats:
        """The chance of each tier to have been in a higher one within so many periods.

        If customers go on moving by these chances, without memory; leaving is taken into account.
        NaN for the top tier, and where nothing is known.

        Args:
            periods: How many, each as long as that between the two reviews.

        Raises:
            ConfigError: It is no whole number of 1 or more.
        """
        many, chain = len(self.tiers), self.chain
        ahead = whole(periods, "periods")
        found = [reached(chain, range(i + 1, many), ahead)[i] for i in range(many - 1)]
        return np.array([*found, np.nan])

    @property
    def stationary(self) -> dict[str, float] | None:
        """The shares of tiers at which moves to and fro would balance, without coming and going.

        ``None`` where there is no one such distribution.
        """
        shares = resting(self.among_tiers)
        return None if shares is None else dict(zip(self.tiers, shares.tolist(), strict=True))

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What speaks against taking these shares for chances."""
        return tuple(
            Reason("few_moves", {"state": state, "customers": seen})
            for state, seen in zip(self.states, self.totals.tolist(), strict=True)
            if 0 < seen < FEW
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        low, high = self.intervals()
        bridge = self.bridge
        return {
            "tiers": list(self.tiers),
            "outside": list(self.outside),
            "counts": self.counts.tolist(),
            "entries": self.entries.tolist(),
            "exits": self.exits.tolist(),
            "totals": self.totals.tolist(),
            "untiered": self.untiered,
            "probabilities": [plain(row) for row in self.probabilities],
            "low": [plain(row) for row in low],
            "high": [plain(row) for row in high],
            "moved": self.moved,
            "mobility": self.mobility.as_dict(),
            "stability": self.stability.as_dict(),
            "rising": {"periods": AHEAD, "chance": plain(self.rising())},
            "stationary": self.stationary,
            "bridge": None if bridge is None else bridge.as_dict(),
            "warnings": [reason.as_dict() for reason in self.warnings],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the shares, who moved, how much, the money, and what to beware of."""
        parts = [aligned(self._head(locale), self._rows(locale)), "\n".join(self._said(locale))]
        if self.bridge is not None:
            parts.append(self.bridge.text(locale))
        parts += ["\n".join(f"  - {reason.text(locale)}" for reason in self.warnings)]
        return "\n\n".join(part for part in parts if part)

    def _said(self, locale: str) -> Iterator[str]:
        """Who moved, how much, and what is to be expected, a line each."""
        moved = {name: f"{many:,}" for name, many in self.moved.items()}
        yield label("migration.moved", locale).format(**moved)
        said, index, shift = label("migration.indices", locale), self.mobility, self.stability
        yield said.format(
            shorrocks=_number(index.shorrocks),
            distance=_number(index.distance),
            psi=_number(shift.index),
            shift=label(f"migration.shift.{shift.shift}", locale),
        )
        yield from self._ahead(locale)
        if self.untiered:
            yield label("migration.untiered", locale).format(customers=f"{self.untiered:,}")

    def _ahead(self, locale: str) -> Iterator[str]:
        """Who is to rise, of tiers that enough customers were seen in to say so."""
        said, seen = label("migration.rising", locale), self.totals.tolist()
        for i, chance in enumerate(self.rising().tolist()):
            if chance > 0 and seen[i] >= FEW:
                tier = label(self.tiers[i], locale)
                yield said.format(tier=tier, chance=percent(chance), periods=AHEAD)

    def _head(self, locale: str) -> tuple[str, ...]:
        names = (label("flows.from_to", locale), label("flows.customers", locale))
        return (*names, *(label(s, locale) for s in self.states), label("migration.left", locale))

    def _rows(self, locale: str) -> Iterator[tuple[str, ...]]:
        gone = wilson(self.exits, self.totals, _LEVEL)
        share = np.column_stack((self.probabilities, ratio(self.exits, self.totals)))
        ends = (np.column_stack(pair) for pair in zip(self.intervals(_LEVEL), gone, strict=True))
        low, high = ends
        for i, state in enumerate(self.states):
            cells = zip(share[i].tolist(), low[i].tolist(), high[i].tolist(), strict=True)
            yield label(state, locale), f"{self.totals[i]:,}", *(ranged(*cell) for cell in cells)
        came = self.entries.tolist()
        yield label("migration.entered", locale), f"{sum(came):,}", *(f"{n:,}" for n in came), "-"

    def html(self, locale: str = "en") -> str:
        """The shares as a table for a page."""
        return html_table(self._head(locale), self._rows(locale))


def migration(
    previous: object,
    current: object | None = None,
    *,
    value: str | None = None,
    tiers: Iterable[str] = THREE,
    names: MoveNames | None = None,
) -> Migration:
    """Who moved from which tier to which between two reviews.

    Args:
        previous: One row a customer at the first review, with ``customer_id`` and ``tier``; or
            both reviews in one table, with ``tier_previous`` and ``tier``.
        current: One row a customer at the second review.
        value: A column of money, to say what moves did to it; in one table ``<value>_previous``
            too.
        tiers: The tiers, lowest first. Other words are states outside the tiers: whoever is
            dormant, was merged, has closed its account.
        names: What columns are called, if otherwise.

    Returns:
        Counts, shares with intervals, who came and left, mobility, stability, money.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer is there twice or without an id, ids of the two tables are of
            different types, a word is nearly a tier, or a value is no amount.
        ConfigError: None of the tiers is there, though there are words.

    >>> before = [{"id": 1, "tier": "low"}, {"id": 2, "tier": "low"}, {"id": 3, "tier": "high"}]
    >>> now = [{"id": 1, "tier": "low"}, {"id": 2, "tier": "high"}, {"id": 3, "tier": "dormant"}]
    >>> found = migration(before, now, names=MoveNames(customer="id"))
    >>> found.moved
    {'entered': 0, 'up': 1, 'stayed': 1, 'down': 0, 'left': 1}
    >>> found.outside, found.probabilities[0].tolist()
    (('dormant',), [0.5, 0.0, 0.5, 0.0])
    """
    called = MoveNames() if names is None else names
    before = frames.table(previous)
    if current is None:
        return Migration.of(within(before, called, value), tiers, before)
    now = frames.table(current)
    return Migration.of(joined((before, now), called, value), tiers, now)


def _number(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.3f}"
