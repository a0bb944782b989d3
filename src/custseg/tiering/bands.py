"""Which band of a column is each row in?"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Protocol

import attrs

from custseg._typing import Record, words
from custseg.errors import ConfigError
from custseg.frames.scalar import number
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, Ladder, Rule
from custseg.tiering.settings import check_labels

_TINY: Final = 1e-300


class Scale(Protocol):
    """Cut points, alike for all rows or different by group: what a model of bands asks of them.

    >>> from custseg.tiering import Cuts, Scale
    >>> scale: Scale = Cuts((100.0, 1000.0))
    >>> scale.words()
    ('low', 'medium', 'high')
    """

    def words(self) -> tuple[str, ...]:
        """The word of each class, lowest first."""
        ...

    def above(self, column: str, place: int) -> Condition:
        """To be in a class above the ``place``-th cut point."""
        ...

    def known(self, column: str) -> Condition:
        """To be in some class."""
        ...

    def ladder(self, column: str, words: tuple[str, ...], unknown: str | None = None) -> Ladder:
        """A word for each class."""
        ...

    def why(self, column: str, unknown: str = "no_value") -> Ladder:
        """The code of the reason for each class."""
        ...

    def at(self, record: Record) -> Any:  # noqa: ANN401 - Cuts, which a Protocol here cannot name
        """The cut points that hold for one record, in its currency."""
        ...


@attrs.frozen
class BandModel(RowModel):
    """Cut points on a column, ready to apply to one record, any table, or a warehouse.

    Adds ``into`` (an ordered label) and ``<into>_reason`` (a code). A missing value, and one in a
    currency that the cut points are not in, gets ``unknown``.

    Attributes:
        column: The column that is cut.
        cuts: Where: ``Cuts``, or ``GroupCuts``.
        into: The column that is added.
        unknown: The word where the value is not known; ``None``: no word (missing).
        labels: The word of each class, lowest first; by default those of the cuts.

    Raises:
        ConfigError: The number of words does not match the cuts.

    >>> from custseg.tiering import Cuts
    >>> bands = Cuts((100.0, 1000.0)).on("revenue")
    >>> bands.one({"revenue": 1000})
    {'revenue': 1000, 'band': 'high', 'band_reason': 'value_above'}
    >>> print(bands.to_sql(table="people").splitlines()[-1])
    FROM "people"
    """

    schema_version: ClassVar[int] = 1

    column: str
    cuts: Scale
    into: str = "band"
    unknown: str | None = None
    labels: tuple[str, ...] = attrs.field(
        default=attrs.Factory(lambda model: model.cuts.words(), takes_self=True), converter=words
    )

    def __attrs_post_init__(self) -> None:
        """Check that there is a word for each class."""
        if len(self.labels) != (classes := len(self.cuts.words())):
            msg = f"{classes} classes need {classes} labels, got {list(self.labels)}"
            raise ConfigError(msg)

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        return {
            self.into: self.cuts.ladder(self.column, self.labels, self.unknown),
            f"{self.into}_reason": self.cuts.why(self.column),
        }

    def explain(self, record: Record) -> Explanation:
        """Between which cut points the value is, and how far the next band.

        Args:
            record: One row, with the columns that are needed.

        >>> from custseg.tiering import Cuts
        >>> print(Cuts((100.0, 1000.0)).on("revenue").explain({"revenue": 250}).text())
        band: medium
          - revenue is in the band between 100 and 1,000
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        code = str(decided[f"{self.into}_reason"])
        reason = because(code, self.cuts.at(record), self.column, record)
        return Explanation(self.into, given, (reason,))


def because(code: str, cuts: Any, column: str, record: Record) -> Reason:  # noqa: ANN401 - as above
    """The reason with the cut points around the value, and the way to the next one.

    Args:
        code: What the ladder of reasons gave.
        cuts: The cut points that hold for the record.
        column: The column that is cut.
        record: The row; its values are shown only when asked.

    >>> from custseg.tiering import Cuts
    >>> because("value_below", Cuts((100.0,)), "spent", {"spent": 40}).values
    {'spent': 40, 'to_next': 60.0}
    """
    settings: dict[str, object] = {"value": column, "closed": cuts.closed}
    values: dict[str, object] = {column: record[column]}
    if code not in {"value_above", "value_between", "value_below"}:
        return Reason(code, settings, values)
    points, here = cuts.points, number(record[column])
    place = cuts.code(here)
    if place > 0:
        settings["low"] = settled(points[place - 1])
    if place < len(points):
        settings["high"] = settled(points[place])
        values["to_next"] = points[place] - here
    return Reason(code, settings, values)


def settled(point: float) -> float:
    """A point to read: what is next to zero is zero.

    >>> settled(5e-324), settled(-7.5)
    (0.0, -7.5)
    """
    return 0.0 if abs(point) < _TINY else point


def laddered(
    scale: Scale, column: str, words: tuple[str, ...], unknown: str | None = None
) -> Ladder:
    """The tree that gives a word for each class.

    Args:
        scale: The cut points.
        column: The column that is cut.
        words: One word a class, lowest first; a word may come twice.
        unknown: The word of who is in none; ``None``: none.

    Raises:
        ConfigError: There is not one word for each class.

    >>> from custseg.tiering import Cuts
    >>> laddered(Cuts((100.0,)), "spent", ("small", "large"), "small").steps[0][1]
    'large'
    """
    classes = len(scale.words())
    check_labels(words, classes, needed=True)
    falling = range(classes - 2, -1, -1)
    steps = tuple((scale.above(column, place), words[place + 1]) for place in falling)
    if unknown == words[0]:  # then nothing has to be asked
        return Ladder(steps, unknown, tuple(dict.fromkeys(words)))
    named = words if unknown is None else (unknown, *words)
    return Ladder((*steps, (scale.known(column), words[0])), unknown, tuple(dict.fromkeys(named)))
