"""A scorecard of optbinning as one of ours: the same points, with reasons, SQL and one record."""

from collections.abc import Iterable
from math import fsum
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats
from custseg.errors import ConfigError, DataError
from custseg.frames import Table
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Chance
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.curves.binned import Bins, Levels
from custseg.scoring.importing.binned import BinnedColumn, binned_column, special
from custseg.scoring.points import HUNDREDTHS, hundredths

_QUARTERS = (0.75, 0.5, 0.25)


@attrs.frozen(eq=False)
class _Lines:
    """The lines of the table that are of one variable, in the order of its bins."""

    points: Floats
    rows: Floats
    cases: Floats


def optbinning_card(
    table: object,
    variables: Iterable[object],
    *,
    base: float = 0.0,
    odds: Chance | None = None,
) -> Scorecard:
    """Make a ``Scorecard`` of what a ``Scorecard`` of optbinning 1.0 says.

    Points are kept to the hundredth, so a score is within half a hundredth a factor of the one
    there; of a card that was rounded it is the same. The table prints its edges rounded and says
    no special codes, so that these are read from the variables' own documents. As there, a word
    that was never seen earns what a missing one does.

    Args:
        table: ``scorecard.table("detailed")``, or the ``"summary"``, which does not say of how many
            it was learnt; as records or a frame.
        variables: For each variable of it ``binning_process_.get_binned_variable(name).to_dict()``,
            or the text of its ``to_json``; further ones are left out.
        base: ``scorecard.intercept_``, where it is ``intercept_based``.
        odds: The chance that points stand for. With ``pdo_odds`` it is ``Odds(at=scorecard_points,
            odds=odds, double=pdo)``, and the chance that there is *no* event: higher scores are
            better customers there.

    Returns:
        The card, without limits, and graded by quarters of the points that it can give.

    Raises:
        DataError: The table does not fit its variables, or a document cannot be read.
        MissingColumnError: The table has no column ``Variable`` or ``Points``.
        ConfigError: There is no line in the table.

    Source: Navas-Palencia 2020, arXiv:2001.08025 (optbinning, Apache-2.0).

    >>> lines = [("visits", 12.0), ("visits", 40.5), ("visits", 9.0), ("visits", 10.0)]
    >>> table = [{"Variable": name, "Points": points} for name, points in lines]
    >>> seen = {"name": "visits", "dtype": "numerical", "splits": [2.5], "special_codes": [-1]}
    >>> card = optbinning_card(table, [seen], base=100)
    >>> [card.one({"visits": visits})["score"] for visits in (1, 2.5, -1, None)]
    [112.0, 140.5, 109.0, 110.0]
    """
    found = _lines(frames.table(table))
    columns = {one.name: one for one in map(binned_column, variables)}
    if lost := [name for name in found if name not in columns]:
        msg = f"the bins of {lost} are in the table, and not among the variables"
        raise DataError(msg)
    factors = [_factor(columns[name], lines) for name, lines in found.items()]
    ends = [(float(one.points.min()), float(one.points.max())) for one in found.values()]
    low, high = (fsum(end) + base for end in zip(*ends, strict=True))
    return Scorecard(
        tuple(factors),
        base=base,
        low=None,
        high=None,
        grades=_grades(low, high),
        odds=odds,
        learnt=_learnt(next(iter(found.values()))),
    )


def _lines(table: Table[Any]) -> dict[str, _Lines]:
    """The lines by variable, in the order of the table."""
    names = cast("Codes", table.read({"Variable": "text"})["Variable"])
    points = _numbers(table, "Points")
    if not len(points):
        msg = "a scorecard needs at least one line"
        raise ConfigError(msg)
    if wrong := np.flatnonzero((names.at < 0) | np.isnan(points)).tolist():
        msg = "each line needs a variable and points; lines of totals are to be left out"
        raise DataError(msg, "Points", wrong[0])
    order = _numbers(table, "Bin id") if "Bin id" in table.columns else np.arange(len(points))
    beside = [_beside(table, name) for name in ("Count", "Event")]
    found: dict[str, _Lines] = {}
    for code in dict.fromkeys(names.at.tolist()):
        rows = np.flatnonzero(names.at == code)
        rows = rows[np.argsort(order[rows], kind="stable")]
        found[names.words[code]] = _Lines(points[rows], *(column[rows] for column in beside))
    return found


def _numbers(table: Table[Any], name: str) -> Floats:
    return np.asarray(table.read({name: "number"})[name], dtype=np.float64)


def _beside(table: Table[Any], name: str) -> Floats:
    """A column that only the detailed table has."""
    return _numbers(table, name) if name in table.columns else np.zeros(table.size)


def _factor(column: BinnedColumn, lines: _Lines) -> Factor:
    if column.rows != len(lines.points):
        msg = (
            f"has {len(lines.points)} lines in the table and {column.rows} bins in its document: "
            "they are of two fits"
        )
        raise DataError(msg, column.name)
    points = lines.points.tolist()
    missing, apart = points[-1], list(zip(column.codes, points[column.known :], strict=False))
    curve: Bins | Levels
    if column.groups is None:
        codes = {code: earned for held, earned in apart for code in special(held)}
        curve = Bins(column.edges, points[: column.known], special=codes, missing=missing)
    else:
        words = {word: p for held, p in zip(column.groups, points, strict=False) for word in held}
        words |= {str(code): earned for held, earned in apart for code in held}
        curve = Levels(words, otherwise=missing, missing=missing)
    usual = None
    if total := lines.rows.sum():
        usual = hundredths(float(lines.points @ lines.rows / total)) / HUNDREDTHS
    return Factor(column.name, curve=curve, missing="evidence", usual=usual)


def _grades(low: float, high: float) -> Grades:
    if not high > low:
        return Grades((), ("A",))
    return Grades(tuple(round(low + share * (high - low), 2) for share in _QUARTERS))


def _learnt(lines: _Lines) -> Learnt | None:
    """Every variable's lines count the same customers; a summary counts none."""
    rows, cases = round(lines.rows.sum()), round(lines.cases.sum())
    return Learnt("optbinning", "outcome", rows, cases) if rows else None
