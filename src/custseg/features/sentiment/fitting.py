"""Weights of pieces from labelled texts: a logistic regression that begins from the word lists."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index

LEANING: Final = 0
INTERCEPT: Final = 1
SILENT: Final = 2
FIRST_PIECE: Final = 3
_TIGHT: Final = 1e-6
_FOLDS, _MANY, _FEWEST = 5, 5_000, 5
"""Parts of the labelled texts; above so many texts one part is enough; the fewest of each side from
which pieces are learnt at all."""


@attrs.frozen(eq=False)
class Rows:
    """Labelled texts as numbers.

    Attributes:
        at: Columns that each text fills: leaning, intercept, silence of the lists, then pieces;
            row after row.
        x: What it fills them with.
        start: Where each row begins, and the end.
        kind: 1.0 for kind texts, 0.0 for the others.
        fold: Part of each text; the same text is never in two parts.
    """

    at: Index
    x: Floats
    start: Index
    kind: Floats
    fold: Index

    @classmethod
    def of(
        cls,
        leanings: Sequence[float],
        slots: Sequence[Sequence[int]],
        kind: Floats,
        text: Sequence[int],
    ) -> "Rows":
        """Pieces of unit length beside what the lists say and the intercept."""
        lengths = np.array([len(one) + FIRST_PIECE for one in slots], dtype=np.intp)
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        at = np.ones(start[-1], dtype=np.intp)
        x = np.ones(start[-1])
        for i, (lean, one) in enumerate(zip(leanings, slots, strict=True)):
            a, b = int(start[i]), int(start[i + 1])
            at[a] = LEANING
            at[a + SILENT] = SILENT
            x[a], x[a + SILENT] = lean, not lean
            at[a + FIRST_PIECE : b] = np.asarray(one, dtype=np.intp) + FIRST_PIECE
            x[a + FIRST_PIECE : b] = 1.0 / np.sqrt(max(len(one), 1))
        return cls(at, x, start, kind, np.asarray(text, dtype=np.intp) % _FOLDS)

    def some(self, rows: Index) -> "Rows":
        """These rows alone."""
        lengths = np.diff(self.start)[rows]
        before = np.cumsum(lengths) - lengths
        picked = np.arange(int(lengths.sum())) + np.repeat(self.start[rows] - before, lengths)
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        return Rows(self.at[picked], self.x[picked], start, self.kind[rows], self.fold[rows])


@attrs.frozen(eq=False)
class Belief:
    """What is believed of the weights: their most likely values, and how firmly.

    Attributes:
        at: Columns in order; a column that is not here has ``mean`` 0 and the firmness ``loose``.
        mean: Most likely value of each.
        firm: Firmness of each (one over its variance).
        loose: Firmness of a column never met.
    """

    at: Index
    mean: Floats
    firm: Floats
    loose: float

    def of(self, columns: Index) -> tuple[Floats, Floats]:
        """Mean and firmness of columns."""
        mean = np.zeros(len(columns))
        firm = np.full(len(columns), self.loose)
        place = np.minimum(np.searchsorted(self.at, columns), len(self.at) - 1)
        met = self.at[place] == columns
        mean[met], firm[met] = self.mean[place[met]], self.firm[place[met]]
        return mean, firm


def learn(rows: Rows, before: Belief) -> Belief:
    """What is believed after seeing labelled texts.

    The most likely weights of a logistic regression with a normal prior; their firmness grows by
    the curvature of the likelihood, so that learning goes on where it stopped.

    Source: Spiegelhalter and Lauritzen (1990), "Sequential updating of conditional probabilities on
    directed graphical structures", Networks 20, section on normal approximations.

    Args:
        rows: Labelled texts.
        before: What was believed before.
    """
    if not len(rows.kind):
        return before
    columns, place = np.unique(rows.at, return_inverse=True)
    mean, firm = before.of(columns)
    matrix = _matrix(place, rows, len(columns))
    found = _most_likely(matrix, rows.kind, mean, firm)
    curved = _curved(matrix, found)
    kept = ~np.isin(before.at, columns)
    at = np.concatenate([before.at[kept], columns])
    order = np.argsort(at, kind="stable")
    mean = np.concatenate([before.mean[kept], found])[order]
    return Belief(
        at[order], mean, np.concatenate([before.firm[kept], firm + curved])[order], before.loose
    )


def _curvature(rows: Rows, belief: Belief) -> Floats:
    """How firmly labelled texts hold each weight of a belief about all their columns."""
    place = np.searchsorted(belief.at, rows.at)
    known = belief.at[np.minimum(place, len(belief.at) - 1)] == rows.at
    x = np.where(known, rows.x, 0.0)
    matrix = _matrix(np.where(known, place, 0), attrs.evolve(rows, x=x), len(belief.at))
    return _curved(matrix, belief.mean)


def _curved(matrix: Any, weights: Floats) -> Floats:  # noqa: ANN401 - SciPy is loaded late
    p = _chance(matrix @ weights)
    return np.asarray(matrix.power(2).T @ (p * (1.0 - p)))


def _matrix(place: Index, rows: Rows, width: int) -> Any:  # noqa: ANN401 - SciPy is loaded late
    from scipy.sparse import csr_array  # noqa: PLC0415 - loaded where it is used

    return csr_array((rows.x, place, rows.start), shape=(len(rows.kind), width))


def _most_likely(
    matrix: Any,  # noqa: ANN401 - a matrix of SciPy, which is loaded late
    kind: Floats,
    mean: Floats,
    firm: Floats,
) -> Floats:
    from scipy.optimize import minimize  # noqa: PLC0415 - loaded where it is used

    turned = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = matrix @ weights
        off = weights - mean
        value = float(np.logaddexp(0.0, margin).sum() - (kind * margin).sum())
        value += 0.5 * float((firm * off * off).sum())
        return value, turned @ (_chance(margin) - kind) + firm * off

    found = minimize(loss, mean, jac=True, method="L-BFGS-B", options={"gtol": _TIGHT})
    return np.asarray(found.x)


def _chance(margin: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margin, -40.0, 40.0))))


def margins(rows: Rows, belief: Belief) -> Floats:
    """Log-odds that each text is kind."""
    mean, _ = belief.of(rows.at)
    return np.asarray(np.add.reduceat(mean * rows.x, rows.start[:-1]))


def settled(rows: Rows, ridge: float) -> Belief:
    """What labelled texts say together with the word lists.

    The pieces are learnt by themselves; then how much to trust them and the lists is learnt from
    texts that the pieces were not learnt from, which also makes the probabilities honest.

    Source: Wolpert (1992), "Stacked generalization", Neural Networks 5; Platt (1999).

    Args:
        rows: Labelled texts, in an order that does not depend on how they came.
        ridge: How firmly the weight of a piece is held at 0.
    """
    least = min(np.count_nonzero(rows.kind == side) for side in (0.0, 1.0))
    told = (rows.at == LEANING) | (rows.at == SILENT)
    plain = attrs.evolve(rows, x=np.where(told, 0.0, rows.x))
    blank = Belief(*_columns((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), ridge)
    pieces, outside, seen = blank, np.zeros(len(rows.kind)), rows
    if least >= _FEWEST:
        outside, some = _outside(plain, blank)
        pieces, seen = learn(plain, blank), rows.some(some)
    leaning, one, silent = (seen.x[seen.start[:-1] + i] for i in range(FIRST_PIECE))
    trust = learn(_dense((leaning, one, silent, outside), seen.kind), _TRUST)
    return _joined(rows, pieces, trust, ridge)


def _joined(rows: Rows, pieces: Belief, trust: Belief, ridge: float) -> Belief:
    """One belief about everything, as firm as the texts make it."""
    share = float(trust.mean[FIRST_PIECE])
    mean = pieces.mean * share
    mean[:FIRST_PIECE] += trust.mean[:FIRST_PIECE]
    loose = ridge / max(share * share, _TIGHT)
    firm = np.concatenate([_TRUST.firm[:FIRST_PIECE], np.full(len(mean) - FIRST_PIECE, loose)])
    belief = Belief(pieces.at, mean, firm, loose)
    return attrs.evolve(belief, firm=firm + _curvature(rows, belief))


def _outside(rows: Rows, blank: Belief) -> tuple[Floats, Index]:
    """Log-odds of texts that the pieces were not learnt from, and which texts those are."""
    fold, margin = rows.fold, np.zeros(len(rows.kind))
    tested = range(_FOLDS) if len(rows.kind) <= _MANY else range(1)
    for one in tested:
        held = rows.some(np.flatnonzero(fold == one))
        margin[fold == one] = margins(held, learn(rows.some(np.flatnonzero(fold != one)), blank))
    kept = np.flatnonzero(np.isin(fold, list(tested)))
    return margin[kept], kept


def _dense(columns: Sequence[Floats], kind: Floats) -> Rows:
    width = len(columns)
    at = np.tile(np.arange(width, dtype=np.intp), len(kind))
    start = np.arange(0, width * len(kind) + 1, width, dtype=np.intp)
    return Rows(at, np.column_stack(columns).ravel(), start, kind, start[:-1])


def _columns(mean: Sequence[float], firm: Sequence[float]) -> tuple[Index, Floats, Floats]:
    return np.arange(len(mean), dtype=np.intp), np.array(mean), np.array(firm)


_TRUST: Final = Belief(*_columns((2.0, 0.0, -1.0, 2.0), (1.0, 10.0, 3.0, 0.5)), 1.0)
"""Trust before a label is seen: in the lists, a shift, what their silence means, and in the pieces.

Who says nothing kind and nothing unkind tells facts, and facts are told when something went wrong.
Like the default ridge, chosen on samples of public reviews in both languages.
"""
