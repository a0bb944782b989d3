"""The laws of comparisons: how alike two records are, whichever of them is named first."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from custseg import frames
from custseg._typing import Needs
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows, people, twins
from custseg.frames import scalar
from custseg.match.comparing.comparison import Comparison, Prepared
from custseg.match.reading import Once


def comparison(made: Comparison) -> Iterator[str]:
    """A level depends on the two records only, not on their order nor on the table's."""
    needs = _needs(made)
    rows = people(dict(needs))
    rows += twins(rows)
    with working("sample"):
        side = _side(made, rows)
        left, right = np.triu_indices(len(rows), 1)
        levels = side.levels(left, right)
        turned = _side(made, rows[::-1]).levels(*(len(rows) - 1 - at for at in (left, right)))
        alone = [side.levels_of(_texts(made, row), np.arange(len(rows))) for row in rows]
    most = len(made.levels)
    known = bool(((levels >= 0) & (levels <= most)).all())
    yield demand("levels", f"a level is none of 0 to {most}", holds=known)
    same = bool(np.array_equal(levels, side.levels(right, left)))
    yield demand("either side", "the level changes with which record is named first", holds=same)
    fine = bool(np.array_equal(levels, turned))
    yield demand("row order", "the level changes with the order of rows", holds=fine)
    agree = bool(np.array_equal(np.stack(alone)[left, right], levels))
    yield demand("one record", "a record is graded otherwise than in its table", holds=agree)
    yield from _missing(made)
    yield from _shares(made, side)


def _missing(made: Comparison) -> Iterator[str]:
    blank = people(dict(_needs(made)))[:2]
    for row in blank:
        row.update(dict.fromkeys(made.columns))
    none = _side(made, blank).levels(np.array([0]), np.array([1]))
    yield demand("missing", "two records without values have a level", holds=none.tolist() == [0])


def _shares(made: Comparison, side: Prepared) -> Iterator[str]:
    rates = [*made.typical], [*made.rare], side.chances().tolist()
    fine = all(len(one) == len(made.levels) and all(r >= 0 for r in one) for one in rates)
    message = "typical, rare and chances give one share, 0 or more, for each level"
    yield demand("shares", message, holds=fine)


def _side(made: Comparison, rows: Rows) -> Prepared:
    return made.prepare(Once(frames.table(rows).read(_needs(made))))


def _needs(made: Comparison) -> Needs:
    return dict.fromkeys(made.columns, "text")


def _texts(made: Comparison, row: dict[str, Any]) -> dict[str, str | None]:
    return {name: scalar.text(row[name]) for name in made.columns}
