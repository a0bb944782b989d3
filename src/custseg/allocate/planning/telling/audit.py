"""By what a plan can be told from every other: settings, what was read, and who got whom."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import numpy as np

from custseg._typing import Codes, Column, Days, Ints
from custseg.allocate.planning.telling.outcome import Outcome
from custseg.allocate.wishing.sides import Side
from custseg.config import dump
from custseg.config.fingerprints import digest


def plan_hash(outcome: Outcome, sizes: Ints | None = None) -> str:
    """Sixteen hex digits: the same for the same content, whatever the order of rows.

    Args:
        outcome: What was asked and found.
        sizes: How many customers each row stands for, where it stands for several.
    """
    problem = outcome.problem
    told = None if problem.settings is None else dump(problem.settings)
    made = sha256(f"{digest(told)} {problem.as_of}\n".encode())
    for side in (problem.score.people, problem.score.team):
        for piece in _content(side):
            made.update(piece)
    made.update(np.asarray(outcome.at, dtype="<i8").tobytes())
    made.update(repr(tuple(outcome.solution.splits)).encode())
    made.update(b"" if sizes is None else np.asarray(sizes, dtype="<i8").tobytes())
    return made.hexdigest()[:16]


def _content(side: Side) -> Iterable[bytes]:
    yield _texts(side.ids)
    for name in sorted(side.columns):
        yield name.encode(errors="surrogatepass")
        yield from _cells(side.columns[name])


def _texts(ids: Sequence[object]) -> bytes:
    """Ids with their types: 17 is not "17"."""
    said = (f"'{one}" if isinstance(one, str) else str(one) for one in ids)
    return "\0".join(said).encode(errors="surrogatepass")


def _cells(column: Column) -> Iterable[bytes]:
    if isinstance(column, Codes):
        there: list[int] = np.unique(column.at[column.at >= 0]).tolist()
        used = sorted({column.words[at] for at in there})
        yield _texts(used)
        yield column.recode(tuple(used)).astype("<i4").tobytes()
        return
    numbers = np.asarray(column.at if isinstance(column, Days) else column, dtype="<f8")
    plain = np.where(np.isnan(numbers), np.nan, numbers + 0.0)  # one NaN, no minus zero
    yield plain.tobytes()
