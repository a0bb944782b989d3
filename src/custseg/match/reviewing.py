"""Pairs as a table: to look at, to have reviewed, and to learn from what people said of them."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.frames import Attachable, Table, align
from custseg.frames.cells import Keys
from custseg.frames.gather import gathered
from custseg.match.blocking.passes import names_of
from custseg.match.ids import Ids
from custseg.match.opened import Opened, Taught
from custseg.match.resolving import Weighed, lowest_bit
from custseg.match.weighing.doubtful import least_certain
from custseg.match.weighing.learning import Learnt
from custseg.match.weighing.reviews import refitted, unreviewed
from custseg.match.weighing.weights import chances
from custseg.reasons import Reason
from custseg.values.flags import flag

LEFT: Final = "left_id"
RIGHT: Final = "right_id"
SAME: Final = "same"
"""The columns of reviewed pairs: two ids, and whether they are one customer."""


def pair_table(rules: Taught, opened: Opened, *, at_least: float | None = 0.0) -> Any:  # noqa: ANN401 - the kind of the table
    """The pairs with their weights, the surest first.

    Args:
        rules: How they were found, and what was learnt.
        opened: The table.
        at_least: The weight from which pairs are told; None for all.

    Raises:
        ConfigError: Nothing is weighed.
    """
    weighed = _weighed(rules, opened)
    kept = np.arange(len(weighed.bits))
    if at_least is not None:
        kept = np.flatnonzero(weighed.bits >= at_least)
    low, high = _ranks(opened.ids, weighed)
    order = np.lexsort((high[kept], low[kept], -weighed.bits[kept]))
    return opened.table.build(_columns(rules, opened, weighed, kept[order]))


def queue_table(
    rules: Taught, opened: Opened, many: int, *, reviewed: Table[Any] | None = None
) -> Any:  # noqa: ANN401 - the kind of the table
    """The pairs whose review teaches most, with what was compared of both sides.

    Args:
        rules: How they were found, and what was learnt.
        opened: The table.
        many: How many pairs.
        reviewed: Pairs that were reviewed before.

    Raises:
        ConfigError: Nothing is weighed, or ``many`` is no number of pairs.
    """
    _check_number(many)
    weighed = _weighed(rules, opened)
    pairs = weighed.found.pairs
    asked: Bools = np.zeros(len(pairs), dtype=np.bool_)
    if reviewed is not None:
        left, right = _rows(opened.ids, reviewed)
        codes = _coded(left, right)
        asked = np.isin(_coded(pairs.left, pairs.right), codes[(left >= 0) & (right >= 0)])
    rank = opened.ids.rank
    ranks = (_whole(rank[pairs.left]), _whole(rank[pairs.right]))
    chosen = least_certain(weighed.bits, weighed.found.levels, ranks, many, asked=asked)
    columns = _columns(rules, opened, weighed, chosen)
    swapped = ranks[0][chosen] > ranks[1][chosen]
    first = np.where(swapped, pairs.right[chosen], pairs.left[chosen])
    second = np.where(swapped, pairs.left[chosen], pairs.right[chosen])
    shown = dict.fromkeys(name for one in rules.comparisons for name in one.columns)
    for name in shown:
        for side, rows in (("left", first), ("right", second)):
            columns[f"{side}_{name}"] = gathered(opened.table, name, rows)
    return opened.table.build(columns)


def reviewed_weights(rules: Taught, opened: Opened, reviewed: Table[Any]) -> Learnt:
    """What was learnt, moved by what people said of pairs.

    Args:
        rules: How pairs are compared, and what was learnt.
        opened: The table that holds the records of the pairs.
        reviewed: Pairs with ``left_id``, ``right_id`` and ``same``.

    Raises:
        ConfigError: Nothing is weighed.
        DataError: A record is not in the table or is paired with itself, or ``same`` is no yes or
            no.
        NotEnoughDataError: There is no pair.
    """
    if rules.learnt is None or opened.found is None:
        raise ConfigError(_NOTHING, "comparisons")
    left, right = _rows(opened.ids, reviewed)
    lost = np.flatnonzero((left < 0) | (right < 0))
    if len(lost):
        msg = f"{len(lost)} reviewed pairs name a record that the table does not have"
        raise DataError(msg, LEFT, int(lost[0]))
    alone = np.flatnonzero(left == right)
    if len(alone):
        msg = f"{len(alone)} reviewed pairs name one record twice; leave them out"
        raise DataError(msg, RIGHT, int(alone[0]))
    prepared = opened.found.prepared
    levels = [side.levels(left, right) for side in prepared]
    weights = refitted(rules.learnt.weights, levels, prepared, (left, right), _answers(reviewed))
    heard = tuple(why for why in rules.learnt.warnings if why.code != _UNHEARD)
    if weights == unreviewed(weights):
        heard = (*heard, Reason(_UNHEARD, {"reviews": len(left)}))
    return attrs.evolve(rules.learnt, weights=weights, warnings=heard)


_UNHEARD: Final = "match.reviews_unheard"
_NOTHING: Final = "only keys decide here, so there are no weights; give passes and comparisons"


def _check_number(many: object) -> None:
    if isinstance(many, bool) or not isinstance(many, int) or many < 0:
        msg = f"a whole number of pairs, 0 or more, is needed; got {many!r}"
        raise ConfigError(msg, "many")


def _weighed(rules: Taught, opened: Opened) -> Weighed:
    if rules.learnt is None or opened.found is None:
        raise ConfigError(_NOTHING, "comparisons")
    return Weighed.of(opened.found, rules.learnt.weights)


def _columns(rules: Taught, opened: Opened, weighed: Weighed, kept: Index) -> dict[str, Attachable]:
    pairs = weighed.found.pairs
    rank = opened.ids.rank
    left, right = pairs.left[kept], pairs.right[kept]
    swapped = rank[left] > rank[right]  # the smaller id first, however the rows stand
    first, second = np.where(swapped, right, left), np.where(swapped, left, right)
    return {
        LEFT: _ids(opened, first),
        RIGHT: _ids(opened, second),
        "match_rule": Codes(lowest_bit(pairs.passes[kept]), names_of(rules.passes)),
        "match_weight": weighed.bits[kept],
        "match_chance": chances(weighed.bits[kept]),
    }


def _ids(opened: Opened, rows: Index) -> Attachable:
    column = opened.ids.column
    return gathered(opened.table, column, rows) if column else rows.astype(np.int64)


def _ranks(ids: Ids, weighed: Weighed) -> tuple[Floats, Floats]:
    pairs, rank = weighed.found.pairs, ids.rank
    one, two = rank[pairs.left], rank[pairs.right]
    return np.minimum(one, two), np.maximum(one, two)


def _whole(rank: Floats) -> Index:
    whole: Index = np.nan_to_num(rank, nan=float(2**40)).astype(np.int64)
    return whole


def _rows(ids: Ids, reviewed: Table[Any]) -> tuple[Index, Index]:
    """The rows of the two sides of each pair, -1 where the table has no such record."""
    row: Index = np.full(len(ids.held.uniques) + 1, -1, dtype=np.intp)
    known = np.flatnonzero(ids.at >= 0)
    row[ids.at[known]] = known
    row[-1] = -1
    sides: list[Index] = []
    for name in (LEFT, RIGHT):
        keys = reviewed.keys(name)
        place = np.append(align(Keys(ids.at, ids.held.uniques), keys), [-1])
        sides.append(row[place[keys.at]])
    return sides[0], sides[1]


def _answers(reviewed: Table[Any]) -> Bools:
    held = reviewed.values(SAME)
    said = [flag(word) for word in held.words]
    bad = [place for place, one in enumerate(said) if one is None]
    gone = np.flatnonzero((held.at < 0) | np.isin(held.at, bad))
    if len(gone):
        msg = f"{len(gone)} reviewed pairs are neither yes nor no; leave out those left undecided"
        raise DataError(msg, SAME, int(gone[0]))
    return np.array(said, dtype=np.bool_)[held.at]


def _coded(left: Index, right: Index) -> Index:
    low, high = np.minimum(left, right), np.maximum(left, right)
    return np.asarray(low.astype(np.int64) << 32 | high.astype(np.int64))
