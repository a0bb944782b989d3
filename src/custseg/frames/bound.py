"""Rules bound to columns: what is looked up once is; the rest runs block by block.

Blocks are so small that what is between two operations stays in the cache of the processor: over
a million rows that is several times as fast as one operation after the other over all of them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Index
from custseg.frames.places import first_place, holding
from custseg.frames.scalar import line_parts
from custseg.frames.staged import Held
from custseg.rules import Bands, Choice, Ladder, Line, Rule, Scaled, Slopes, Sum
from custseg.rules.soundness import Value

BLOCK: Final = 1 << 16
_FEW: Final = 24  # edges that are compared one by one faster than a search finds its place
_TABLE: Final = 1 << 17  # whole numbers that are looked up rather than computed


@attrs.frozen(eq=False)
class Block:
    """Some neighbouring rows.

    Attributes:
        start: The first.
        stop: One past the last.
        held: Numbers of these rows that earlier stages made.
    """

    start: int
    stop: int
    held: Mapping[str, Any] = attrs.field(factory=dict[str, Any])


Piece: TypeAlias = Callable[[Block], Any]
"""Numbers (NaN missing) of the rows of a block; or codes (-1 missing), where a rule gives words."""


def bound(rule: Rule, cols: Columns) -> Piece:
    """A tree over columns.

    Args:
        rule: The tree.
        cols: What ``Table.read`` gave for its needs.

    >>> from custseg.rules import Bands
    >>> piece = bound(Bands("x", (1.0,), ("low", "high")), {"x": np.array([5.0, np.nan, 0.5])})
    >>> piece(Block(0, 3)).tolist()
    [1, -1, 0]
    """
    return _BINDERS[type(rule)](rule, cols)


def _answers(values: tuple[Value | None, ...], words: tuple[str, ...]) -> Any:
    """What stands at each place: codes of words, or numbers."""
    if words:
        place = {word: i for i, word in enumerate(words)}
        return np.array([-1 if v is None else place[str(v)] for v in values], dtype=np.intp)
    return np.array([np.nan if v is None else float(v) for v in values])


def _ladder(rule: Ladder, cols: Columns) -> Piece:
    answers = _answers((*(value for _, value in rule.steps), rule.otherwise), rule.words)
    tests = [holding(condition, cols) for condition, _ in rule.steps]
    if len(tests) == 1 and not rule.words and rule.otherwise == 0:
        (test,), worth = tests, answers[0]
        return lambda block: test(block.start, block.stop) * worth
    find = first_place(tests)

    def run(block: Block) -> Any:
        return answers.take(find(block.start, block.stop), mode="clip")

    return run


def _bands(rule: Bands, cols: Columns) -> Piece:
    answers = _answers((*rule.values, rule.missing), rule.words)
    x, find = cast("Floats", cols[rule.field]), placing(rule.edges, rule.closed == "left")

    def run(block: Block) -> Any:
        return answers.take(find(x[block.start : block.stop]), mode="clip")

    return run


def placing(edges: tuple[float, ...], left: bool) -> Callable[[Floats], Index]:  # noqa: FBT001 - a side
    """A function that gives the band of each number; one past the last band where it is missing."""
    most = len(edges) + 1
    if len(edges) > _FEW:
        side, sought = "right" if left else "left", np.array(edges)

        def search(x: Floats) -> Index:
            at = np.searchsorted(sought, x, side=cast("Any", side))
            at[np.isnan(x)] = most  # numpy sorts NaN above every edge: never let it on top
            return at

        return search
    above = np.greater_equal if left else np.greater

    def count(x: Floats) -> Index:
        at = np.zeros(len(x), dtype=np.int8)
        hit = np.empty(len(x), dtype=np.bool_)
        for edge in edges:
            above(x, edge, out=hit)
            at += hit.view(np.int8)
        np.not_equal(x, x, out=hit)
        at += hit.view(np.int8) * np.int8(most)
        return at

    return count


def _line(rule: Line, cols: Columns) -> Piece:
    x, along, lost = cast("Floats", cols[rule.field]), _along(rule), float(rule.missing)

    def run(block: Block) -> Floats:
        part = x[block.start : block.stop]
        return np.where(np.isnan(part), lost, along(part))

    return run


def _slopes(rule: Slopes, cols: Columns) -> Piece:
    part, along = bound(rule.part, cols), _along(rule)
    low, high = (int(end) for end in (np.floor(rule.knots[0][0]), np.ceil(rule.knots[-1][0])))
    table = along(np.arange(low, high + 1.0)) if high - low < _TABLE else None

    def run(block: Block) -> Floats:
        x = part(block)
        inside = np.clip(x, low, high)
        if table is not None and not np.isnan(inside).any():
            at = inside.astype(np.intp)
            if (at == inside).all():
                return np.asarray(table.take(at - low, mode="clip"))
        return np.where(np.isnan(x), np.nan, along(x))

    return run


def _along(rule: Line | Slopes) -> Callable[[Floats], Floats]:
    """The whole numbers on straight lines; where the place is missing, anything."""
    xs, ys, slopes = (np.array(part) for part in line_parts(rule))
    most = max(len(xs) - 2, 0)

    def run(x: Floats) -> Floats:
        inside = np.clip(x, xs[0], xs[-1])
        at = np.clip(np.searchsorted(xs, inside, side="right") - 1, 0, most)
        rise = (inside - xs[at]) * slopes[at] if len(slopes) else 0.0
        out = np.floor(ys[at] + rise + 0.5)
        return np.where(x >= xs[-1], ys[-1], out)

    return run


def _choice(rule: Choice, cols: Columns) -> Piece:
    column, table = cast("Codes", cols[rule.field]), dict(rule.values)
    values = (*(table.get(word, rule.otherwise) for word in column.words), rule.missing)
    answers = _answers(values, rule.words)

    def run(block: Block) -> Any:
        return answers.take(column.at[block.start : block.stop], mode="wrap")

    return run


def _sum(rule: Sum, cols: Columns) -> Piece:
    parts = [bound(part, cols) for part in rule.parts]

    def run(block: Block) -> Floats:
        total = np.zeros(block.stop - block.start)
        for part in parts:
            total += part(block)
        if rule.low is not None:
            np.maximum(total, rule.low, out=total)
        if rule.high is not None:
            np.minimum(total, rule.high, out=total)
        return total

    return run


def _scaled(rule: Scaled, cols: Columns) -> Piece:
    part = bound(rule.part, cols)
    if not rule.values:
        return lambda block: part(block) / rule.divisor
    answers, find = _answers((*rule.values, None), rule.words), placing(rule.edges, left=True)

    def run(block: Block) -> Any:
        return answers.take(find(part(block) / rule.divisor), mode="clip")

    return run


def _held(rule: Held, _cols: Columns) -> Piece:
    return lambda block: block.held[rule.field]


_BINDERS: dict[type, Callable[[Any, Columns], Piece]] = {
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
    Held: _held,
}
