"""Reviews by day, from a table each or from one table of all, as reviews x customers."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.frames import Keys, Table
from custseg.tiering.moves.ladder import MoveNames
from custseg.tiering.moves.pairs import only, tiers_of, unique_keys


@attrs.frozen(eq=False)
class Reviews:
    """The words of customers at each review.

    Attributes:
        dates: The days, ascending.
        grid: Reviews x customers: the place of the word; -1 where there is none.
        words: The words.
        like: A table of the kind that answers have.
    """

    dates: tuple[Any, ...]
    grid: Index
    words: tuple[str, ...]
    like: Table[Any]


def gathered(reviews: object, names: MoveNames) -> Reviews:
    """Reviews from a mapping of days to tables, or from one table.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer is there twice at a review, or without an id; a review has no day.
        ConfigError: A day of the mapping is no date, or there twice.
    """
    if isinstance(reviews, Mapping):
        return _of_tables(cast("Mapping[Any, object]", reviews), names)
    return _of_rows(frames.table(reviews), names)


def _of_tables(reviews: Mapping[Any, object], names: MoveNames) -> Reviews:
    clock = Conventions()
    days = {clock.day(day): reviews[day] for day in reviews}
    if len(days) < len(reviews):
        msg = f"{len(reviews)} reviews are of {len(days)} days; give one review a day"
        raise ConfigError(msg, "reviews")
    tables = [frames.table(days[day]) for day in sorted(days)]
    read = [only(table, (names.customer, names.tier)) for table in tables]
    keys = [unique_keys(table, names.customer) for table in read]
    tiers = [tiers_of(table, names.tier) for table in read]
    for later in keys[1:]:
        frames.align(keys[0], later)  # refuses ids of another type
    known = _together(keys)
    words = tuple(dict.fromkeys(word for tier in tiers for word in tier.words))
    grid = np.full((len(days), len(known.uniques)), -1, dtype=np.int16)
    for row, (held, tier) in enumerate(zip(keys, tiers, strict=True)):
        grid[row, frames.align(known, held)[held.at]] = tier.recode(words)
    like = tables[-1] if tables else frames.table([])
    return Reviews(tuple(map(as_date, sorted(days))), grid, words, like)


def _together(keys: Iterable[Keys]) -> Keys:
    """The ids of all reviews, once each."""
    held = [each.uniques for each in keys]
    nobody = np.empty(0, dtype=np.intp)
    if held and all(isinstance(ids, np.ndarray) for ids in held):
        return Keys(nobody, np.unique(np.concatenate(held)))
    lists = (Keys(nobody, ids).ids() for ids in held)
    return Keys(nobody, list(dict.fromkeys(one for ids in lists for one in ids)))


def _of_rows(table: Table[Any], names: MoveNames) -> Reviews:
    some = only(table, (names.customer, names.tier, names.as_of))
    keys, tier = some.keys(names.customer), tiers_of(some, names.tier)
    day: Floats = np.asarray(some.read({names.as_of: "day"})[names.as_of], dtype=np.float64)
    _check(keys, day, names)
    days, row = np.unique(day, return_inverse=True)
    size = len(keys.uniques)
    place = row * size + keys.at
    times = np.bincount(place, minlength=len(days) * size)
    if (times > 1).any():
        msg = "holds customers who are there more than once at a review; give one row a customer"
        raise DataError(msg, names.customer, int(np.argmax(times[place] > 1)))
    grid = np.full(len(days) * size, -1, dtype=np.int16)
    grid[place] = tier.at
    dates = tuple(as_date(int(each)) for each in days)
    return Reviews(dates, grid.reshape(len(days), size), tier.words, table)


def _check(keys: Keys, day: Floats, names: MoveNames) -> None:
    if (keys.at < 0).any():
        msg = "holds no id, so the customer cannot be followed"
        raise DataError(msg, names.customer, int(np.argmax(keys.at < 0)))
    if np.isnan(day).any():
        msg = "holds no day, so the review is not known"
        raise DataError(msg, names.as_of, int(np.argmax(np.isnan(day))))
