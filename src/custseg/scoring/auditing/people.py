"""How does the score treat each group, and which factors stand in for what must not count?"""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.measures import Estimate, cramers_v, difference, psi, relative
from custseg.measures.intervals import UNKNOWN
from custseg.scoring.auditing.choosing import top
from custseg.scoring.auditing.classes import Classes, Values, area_of_classes, crossed
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.auditing.treatment import SMALL, Fairness, GroupRow, Proxy

_FEW_CHOSEN: Final = 5
_GROUPS: Final = 6
_SURE: Final = 0.01
_COUNTS: Final = ("chosen", "cases", "others", "true", "false")
_FIGURES: Final = ("score", "said", "noise")


@attrs.frozen(eq=False)
class People:
    """Rows with what is known of them, to part by an attribute.

    Attributes:
        subject: What is audited.
        won: Whether it happened to a row.
        known: Whether that is known.
        chosen: Whether a row is chosen.
        level: Level of the intervals.
        instead: Who would be chosen if some factors earned the same of everybody, once asked.
        order: Rows with a score in the order of their totals.
    """

    subject: Subject
    won: Bools
    known: Bools
    chosen: Bools
    level: float
    instead: dict[tuple[str, ...], Bools]
    order: Index

    @classmethod
    def of(
        cls, subject: Subject, outcome: tuple[Bools, Bools], chosen: Bools, level: float
    ) -> "People":
        """Put rows in the order of their totals."""
        order = np.argsort(subject.total)
        order = order[subject.scored[order]]
        return cls(subject, *outcome, chosen, level, {}, order)

    def fairness(self, values: Values) -> Fairness:
        """Look at one attribute.

        Args:
            values: Its column.
        """
        classes = Classes.of(values, _GROUPS)
        at = classes.at(values)
        groups = self._groups(classes, at)
        used = self._used(values.name)
        proxies = tuple(sorted(self._proxies(values, classes, at), key=_closest))
        judged = [one for one in groups if not one.small and one.group != classes.names[-1]]
        strict = _strict(self.level, len(judged))
        ratio, lowest, highest = _apart(judged, strict)
        made = Fairness(
            attribute=values.name,
            groups=groups,
            ratio=ratio,
            lowest=lowest,
            highest=highest,
            true_gap=_gap(judged, ("true", "cases"), strict),
            false_gap=_gap(judged, ("false", "others"), strict),
            proxies=proxies,
            used=used,
            without=self._ratio(used, at, classes.size) if used else np.nan,
            stripped=np.nan,
            level=self.level,
        )
        if not made.stand_ins:
            return made
        left = (*used, *made.stand_ins)
        return attrs.evolve(made, stripped=self._ratio(left, at, classes.size))

    def _used(self, attribute: str) -> tuple[str, ...]:
        """Factors that give points for the attribute itself."""
        factors = self.subject.factors
        return tuple(
            one.name for one in factors if one.field == attribute and one.points is not None
        )

    def _groups(self, classes: Classes, at: Index) -> tuple[GroupRow, ...]:
        size = classes.size
        lost = self.known & ~self.won
        parts = (self.chosen, self.won, lost, self.won & self.chosen, lost & self.chosen)
        rows = np.bincount(at, minlength=size)
        counts = np.array([np.bincount(at[some], minlength=size) for some in parts])
        figures = self._figures(at, size)
        share = float(np.count_nonzero(self.chosen)) / max(len(at), 1)
        largest = np.argsort(-rows[:-1], kind="stable").tolist()
        order = range(size) if classes.numbers else [*largest, size - 1]
        return tuple(
            GroupRow(
                classes.names[i],
                int(rows[i]),
                **dict(zip(_COUNTS, counts[:, i].tolist(), strict=True)),
                **dict(zip(_FIGURES, figures[:, i].tolist(), strict=True)),
                small=bool(rows[i] < SMALL or rows[i] * share < _FEW_CHOSEN),
            )
            for i in order
            if rows[i]
        )

    def _figures(self, at: Index, size: int) -> Floats:
        """Mean score, mean probability and the error of chance of each group.

        Rows are added up in the order of their totals, so that no order of the table changes a
        digit.
        """
        subject, order = self.subject, self.order
        score = _means(at[order], subject.score[order], size)
        said = noise = np.full(size, np.nan)
        if subject.chance is not None:
            rows = order[self.known[order]]
            some, chance = at[rows], subject.chance[rows]
            said = _means(some, chance, size)
            many = np.bincount(some, minlength=size)
            spread = np.bincount(some, chance * (1 - chance), minlength=size)
            noise = np.sqrt(spread) / np.maximum(many, 1)
        return np.stack((score, said, noise))

    def _proxies(self, values: Values, classes: Classes, at: Index) -> Iterator[Proxy]:
        there = values.known
        whole = bool(there.all())
        groups = at if whole else at[there]
        for one in self.subject.factors:
            if one.field == values.name:
                continue
            own = one.at if whole else one.at[there]
            counts = crossed(own, one.classes.size, groups, classes.size)[:, :-1]
            v, (auc, iv, group, sure) = cramers_v(counts), _told(counts)
            ratio = np.nan if one.points is None else self._ratio((one.name,), at, classes.size)
            yield Proxy(one.name, v, auc, iv, classes.names[group], sure, ratio)

    def _ratio(self, names: tuple[str, ...], at: Index, size: int) -> float:
        """The lowest rate of selection as a part of the highest without some factors."""
        rows = np.bincount(at, minlength=size)[:-1]
        some = np.bincount(at[self._instead(names)], minlength=size)[:-1]
        share = some.sum() / max(rows.sum(), 1)
        judged = (rows >= SMALL) & (rows * share >= _FEW_CHOSEN)
        rates = some[judged] / rows[judged]
        return float(rates.min() / rates.max()) if len(rates) > 1 and rates.max() > 0 else np.nan

    def _instead(self, names: tuple[str, ...]) -> Bools:
        """Who would be chosen; kept, since every attribute asks the same."""
        if names not in self.instead:
            share = float(np.count_nonzero(self.chosen)) / max(len(self.chosen), 1)
            self.instead[names] = top(self.subject.without(*names), share)
        return self.instead[names]


def _told(counts: Ints) -> tuple[float, float, int, bool]:
    """How well classes tell one group from the rest, of the group that they tell best."""
    best = (0.5, 0.0, 0, False)
    whole = counts.sum(axis=1)
    for group in np.flatnonzero(counts.sum(axis=0) >= SMALL).tolist():
        inside, rest = counts[:, group], whole - counts[:, group]
        if not rest.any():
            continue
        shift = psi(rest, inside)
        told = area_of_classes(inside, rest)
        found = (told, shift.index, group, shift.p_value < _SURE)
        best = max(best, found, key=lambda one: one[0])
    return best


def _means(at: Index, values: Floats, size: int) -> Floats:
    whole = np.bincount(at, minlength=size)
    total = np.bincount(at, values, minlength=size)
    return np.where(whole > 0, total / np.maximum(whole, 1), np.nan)


def _closest(one: Proxy) -> tuple[float, str]:
    return (-(0.0 if np.isnan(one.v) else one.v), one.factor)


def _strict(level: float, groups: int) -> float:
    """A level that holds for all pairs together (Bonferroni)."""
    return 1 - (1 - level) / max(groups * (groups - 1) // 2, 1)


def _ends(groups: Sequence[GroupRow], part: str, whole: str) -> tuple[GroupRow, GroupRow] | None:
    """The groups with the lowest and the highest share."""
    some = [one for one in groups if getattr(one, whole)]
    if len(some) < 2:  # noqa: PLR2004 - a gap needs two
        return None

    def share(one: GroupRow) -> float:
        return float(getattr(one, part)) / float(getattr(one, whole))

    return min(some, key=share), max(some, key=share)


def _apart(groups: Sequence[GroupRow], level: float) -> tuple[Estimate, str, str]:
    """The lowest rate of selection beside the highest, and whose they are."""
    pair = _ends(groups, "chosen", "rows")
    if pair is None:
        return UNKNOWN, "", ""
    low, high = pair
    found = relative((high.chosen, high.rows), (low.chosen, low.rows), level)
    return found, low.group, high.group


def _gap(groups: Sequence[GroupRow], names: tuple[str, str], level: float) -> Estimate:
    pair = _ends(groups, *names)
    if pair is None:
        return UNKNOWN
    low, high = ((getattr(one, names[0]), getattr(one, names[1])) for one in pair)
    return difference(low, high, level)
