"""Which record's value survives in each entity, for one column, by any kind of strategy."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.match.merging.field import Field
from custseg.match.merging.survivorship import Clears, Makes, Picks, Ranks, Survivorship


@attrs.frozen(eq=False)
class Winners:
    """What survives of one column.

    Attributes:
        row: For each entity the record whose value survives, which may be one that was cleared on
            purpose; -1 where none has a value, or where the value was made or settled by hand.
        made: Values made of several or settled by hand, by entity.
    """

    row: Index
    made: dict[int, object]


def winners(field: Field, strategy: Survivorship, ties: Sequence[Floats]) -> Winners:
    """Let a strategy choose.

    Args:
        field: The column.
        strategy: How it chooses.
        ties: What decides between records that are equal to the strategy; the smallest wins.

    Raises:
        ConfigError: The strategy has no way of choosing, or chose what is not there.
        DataError: The strategy cannot work on what the column holds.
    """
    if isinstance(strategy, Ranks):
        among = field.filled
        if isinstance(strategy, Clears):
            among = among | strategy.cleared(field)
        return Winners(field.groups.best(among, (*strategy.rank(field), *ties)), {})
    row = field.groups.best(field.filled, ties)
    if isinstance(strategy, Picks):
        return _picked(field, strategy, ties, row)
    if isinstance(strategy, Makes):
        return _made(field, strategy, ties, row)
    msg = f"{type(strategy).__name__} has none of the methods pick, rank, make"
    raise ConfigError(msg, field.name)


def _picked(field: Field, strategy: Picks, ties: Sequence[Floats], row: Index) -> Winners:
    for entity, rows in _several(field, ties):
        place = strategy.pick(field.candidates(rows))
        if not 0 <= place < len(rows):
            msg = f"{type(strategy).__name__} picked place {place} of {len(rows)} values"
            raise ConfigError(msg, field.name)
        row[entity] = rows[place]
    return Winners(row, {})


def _made(field: Field, strategy: Makes, ties: Sequence[Floats], row: Index) -> Winners:
    made: dict[int, object] = {}
    for entity, rows in _several(field, ties):
        try:
            made[entity] = strategy.make([field.values[at] for at in field.at[rows].tolist()])
        except DataError as error:
            raise DataError(error.message, field.name) from error
        row[entity] = -1
    return Winners(row, made)


def _several(field: Field, ties: Sequence[Floats]) -> list[tuple[int, Index]]:
    """The entities with two values and more, their records in the order of ids."""
    several = field.filled & (field.groups.count(field.filled) > 1)[field.groups.at]
    if not ties:
        return list(field.groups.each(several))
    return [
        (entity, rows[np.lexsort([tie[rows] for tie in reversed(ties)])])
        for entity, rows in field.groups.each(several)
    ]
