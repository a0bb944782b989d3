"""A factor whose points have moved."""

from bisect import bisect_right as bisect
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Final

import attrs
import numpy as np

from custseg import labels
from custseg._typing import Floats
from custseg.rules import Bands, Choice, Line
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.groups import Group
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.curves.binned import Bins, Levels
from custseg.scoring.effects.field import Field, joined
from custseg.scoring.points import HUNDREDTHS

_STEPS: Final = 100


@attrs.frozen(eq=False)
class Shift:
    """By how many points the cells of a column move.

    Attributes:
        field: The column and its cells.
        points: Points of each cell: of known values, of missing ones, of words not listed.
        rows: How many customers of each cell it was learnt from.
    """

    field: Field
    points: Floats
    rows: Floats | None = None

    @property
    def usual(self) -> float:
        """By how many points customers move on average."""
        if self.rows is None or not self.rows.sum():
            return 0.0
        return float((self.rows * self.points).sum() / self.rows.sum())


def moved(card: Scorecard, shifts: Sequence[Shift]) -> tuple[Factor, ...]:
    """The factors of a card with their shifts.

    A column that a factor reads moves the points of that factor; where the factor counts in a
    group with limits, a factor beside the group does, since it is learnt beside the limits. A
    column that no factor reads becomes a factor.

    Args:
        card: The card.
        shifts: By how much; what moves by less than a hundredth is left out.
    """
    factors = {factor.name: factor for factor in card.factors}
    names = {*factors, *(group.name for group in card.groups)}
    for shift in shifts:
        whole = np.floor(shift.points * HUNDREDTHS + 0.5).astype(np.int64)
        if not whole.any():
            continue
        home = next((f for f in factors.values() if _may_move(f, shift.field, card)), None)
        if home is not None:
            factors[home.name] = _together(home, shift, whole.tolist())
        else:
            name = _free(shift.field.column, names)
            names.add(name)
            factors[name] = _alone(name, shift, whole / HUNDREDTHS)
    return tuple(factors.values())


def _may_move(factor: Factor, field: Field, card: Scorecard) -> bool:
    rule = factor.rule()
    fits = isinstance(rule, Choice) if field.edges is None else isinstance(rule, Bands | Line)
    left = not (isinstance(rule, Bands) and rule.closed == "right")
    return factor.field == field.column and fits and left and not _held(factor, card.groups)


def _held(factor: Factor, groups: tuple[Group, ...]) -> bool:
    """Whether a limit holds what the factor earns."""
    known: Mapping[str, Group] = {group.name: group for group in groups}
    above = factor.group
    while above is not None:
        if known[above].limits != (None, None):
            return True
        above = known[above].group
    return False


def _free(column: str, names: set[str]) -> str:
    name = column if column not in names else f"{column}_learnt"
    while name in names:
        name += "_"
    return name


def _alone(name: str, shift: Shift, points: Floats) -> Factor:
    field = shift.field
    title = None if f"column.{name}" in labels.table("en") else name.replace("_learnt", "")
    others = 0.0 if field.edges is not None else float(points[-1])
    curve = field.curve(points[: field.size + 1], otherwise=others)
    usual = None if shift.rows is None else round(shift.usual, 2)
    return Factor(name, field.column, curve=curve, missing="evidence", usual=usual, title=title)


def _together(factor: Factor, shift: Shift, shifts: list[int]) -> Factor:
    rule, field = factor.rule(), shift.field
    curve: Bins | Levels | None = None
    if isinstance(rule, Choice):
        curve = _worded(rule, field, shifts)
    elif isinstance(rule, Bands | Line):
        curve = _banded(stepped(rule) if isinstance(rule, Line) else rule, field, shifts)
    return Factor(
        factor.name,
        factor.column,
        curve=curve or factor.curve,
        missing="evidence",
        group=factor.group,
        usual=None if factor.usual is None else round(factor.usual + shift.usual, 2),
        title=factor.title,
        actionable=factor.actionable,
    )


def _worded(rule: Choice, field: Field, shifts: list[int]) -> Levels:
    own, moves = dict(rule.values), dict(zip(field.words, shifts, strict=False))
    unseen, others = shifts[field.size :]
    points = {
        word: (_whole(own.get(word, rule.otherwise)) + moves.get(word, others)) / HUNDREDTHS
        for word in dict.fromkeys((*own, *moves))
    }
    otherwise = (_whole(rule.otherwise) + others) / HUNDREDTHS
    return Levels(points, otherwise=otherwise, missing=(_whole(rule.missing) + unseen) / HUNDREDTHS)


def _banded(bands: Bands, field: Field, shifts: list[int]) -> Bins:
    more = field.edges or ()
    edges = sorted({*bands.edges, *more})
    places = [(0, 0), *((bisect(bands.edges, x), bisect(more, x)) for x in edges)]
    points = tuple((_whole(bands.values[i]) + shifts[j]) / HUNDREDTHS for i, j in places)
    missing = (_whole(bands.missing) + shifts[-1]) / HUNDREDTHS
    return joined(Bins(tuple(edges), points, missing=missing))


def stepped(line: Line) -> Bands:
    """A line in steps of a hundredth of its height: at most half a step off.

    >>> stepped(Line("x", ((0.0, 0), (10.0, 200)))).edges[:2]
    (0.05, 0.15)
    """
    heights = [height for _, height in line.knots]
    step = max(1.0, (max(heights) - min(heights)) / _STEPS)
    edges, values = list[float](), [heights[0]]
    for (x, y), (u, v) in pairwise(line.knots):
        many = ceil(abs(v - y) / step)
        for k in range(1, many + 1):
            edge = x + (k - 0.5) / many * (u - x)
            height = y + floor((v - y) * k / many + 0.5)
            if edges and edge <= edges[-1]:
                values[-1] = height
            else:
                edges.append(edge)
                values.append(height)
    return Bands(line.field, tuple(edges), tuple(values), missing=line.missing)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
