"""The values of a column, and the classes that cut points make of them."""

from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Ints
from custseg.errors import ConfigError, DataError
from custseg.labels import label, title
from custseg.measures.numbers import numbers
from custseg.tiering import BandModel, Cuts, GroupCuts, TierModel

_NONE: Final = Cuts(())


@attrs.frozen(eq=False)
class Classes:
    """Values that are there, with the class of each.

    Attributes:
        value: What they are, as a column.
        values: The values, ascending.
        missing: Rows without one.
        cuts: The cut points; none: all are one class.
        words: The word of each class, lowest first; empty where nothing is cut.
        at: The class of each value.
    """

    value: str
    values: Floats
    missing: int
    cuts: Cuts
    words: tuple[str, ...]
    at: Ints

    @classmethod
    def of(cls, data: object, cuts: object, value: str | None) -> "Classes":
        """Read a column, or take an array of values.

        Raises:
            ConfigError: It is not said which column, or the cut points differ by group.
            MissingColumnError: There is no such column.
            DataError: It holds no numbers, or they are endless.
        """
        points, words, column = _cut(cuts)
        name = value or column
        given = _read(data, name)
        known = np.sort(given[~np.isnan(given)])
        if len(known) and not np.isfinite(known[[0, -1]]).all():
            msg = "holds endless values, which have no place in a figure"
            raise DataError(msg, name or "")
        codes = points.codes(known).astype(np.int64)
        return cls(name or "", known, len(given) - len(known), points, words, codes)

    def name(self, locale: str) -> str:
        """What the values are, in words."""
        return title(self.value, locale) if self.value else label("plot.value", locale)

    @property
    def sizes(self) -> Ints:
        """Customers of each class."""
        return np.bincount(self.at, minlength=self.cuts.classes)


def _cut(cuts: Any) -> tuple[Cuts, tuple[str, ...], str | None]:  # noqa: ANN401 - models, and their cuts
    """Cut points, the words of their classes, and the column that they cut."""
    if cuts is None:
        return _NONE, (), None
    if isinstance(cuts, TierModel):
        own = cuts.tiers if cuts.box is None else cuts.box.value_levels
        return _plain(cuts.cuts), own, cuts.value
    if isinstance(cuts, BandModel):
        return _plain(cuts.cuts), cuts.labels, cuts.column
    held = _plain(cuts if isinstance(cuts, GroupCuts) else getattr(cuts, "cuts", cuts))
    return held, held.words(), None


def _plain(cuts: object) -> Cuts:
    if isinstance(cuts, GroupCuts):
        msg = "differ by group; draw one group at a time, with cuts.cuts[group] or cuts.otherwise"
        raise ConfigError(msg, "cuts")
    if not isinstance(cuts, Cuts):
        msg = f"must be Cuts or a fitted model, got {type(cuts).__name__}; fit the plan first"
        raise ConfigError(msg, "cuts")
    return cuts


def _read(data: object, name: str | None) -> Floats:
    if isinstance(data, np.ndarray):
        return numbers(cast("Floats", data), "the array").ravel()
    if name is None:
        msg = "give the name of the column of values"
        raise ConfigError(msg, "value")
    table = frames.table(data)
    table.require((name,))
    return np.asarray(table.select((name,)).read({name: "number"})[name], dtype=np.float64)
