"""Which of two scales crossed is each customer on: A to C by value, X to Z by steadiness?"""

from collections.abc import Mapping
from typing import ClassVar

import attrs

from custseg import frames
from custseg._typing import Record, words
from custseg.errors import ConfigError
from custseg.frames.scalar import compiled, reader
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, F, Ladder, Rule
from custseg.tiering.bands import Scale, because
from custseg.tiering.cuts import Cutter
from custseg.tiering.cutters.pareto import Pareto
from custseg.tiering.cutters.thresholds import Thresholds
from custseg.tiering.fitting import fitted
from custseg.tiering.settings import check_cutter, check_labels


@attrs.frozen
class Axis:
    """One of two columns that are cut and crossed.

    Attributes:
        column: The column.
        cutter: Where to cut it.
        words: The word of each class, smallest values first.
        unknown: The word where the value is missing; ``None``: then there is no answer at all.
        falling: Whether smaller is better, as with the variation of buying.

    >>> Axis("revenue", Pareto(), ("C", "B", "A")).better
    ('C', 'B', 'A')
    """

    column: str
    cutter: Cutter
    words: tuple[str, ...] = attrs.field(converter=words)
    unknown: str | None = None
    falling: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that there is a word for each class, and that they differ."""
        check_cutter(self.cutter)
        if not self.words:
            msg = f"the axis of {self.column!r} needs a word for each class, lowest first"
            raise ConfigError(msg)
        check_labels(self.words, getattr(self.cutter, "classes", len(self.words)))
        if self.unknown in self.words:
            msg = f"the word for what is unknown, {self.unknown!r}, is that of a class, too"
            raise ConfigError(msg)

    @property
    def better(self) -> tuple[str, ...]:
        """The words, worst first; what is unknown is the worst."""
        ordered = self.words[::-1] if self.falling else self.words
        return ordered if self.unknown is None else (self.unknown, *ordered)


_VALUE = Axis("revenue", Pareto((0.95, 0.80)), ("C", "B", "A"))
_VARIATION = Axis(
    "gap_cv", Thresholds((0.5, 1.0), "right"), ("X", "Y", "Z"), unknown="?", falling=True
)


@attrs.frozen
class Crossed:
    """Two columns cut and crossed: how much a customer is worth, and how steadily it buys.

    By default ABC by revenue crossed with XYZ by the coefficient of variation of the gaps between
    purchases: ``AX`` is large and steady, ``CZ`` small and erratic. Where the variation is not
    known (fewer than two gaps) that is an answer of its own, ``A?``, not the most erratic one.

    Attributes:
        first: The axis that weighs more in the order of the words.
        second: The other one.
        into: The column that is added.

    Raises:
        ConfigError: Both axes cut the same column, or two places would have the same word.

    Source: the limits of 0.5 and 1.0 for the coefficient of variation are customary in XYZ
    analysis of stock; those of ABC are Pareto's.

    >>> people = [
    ...     {"revenue": 80, "gap_cv": 0.2},
    ...     {"revenue": 15, "gap_cv": 1.4},
    ...     {"revenue": 5, "gap_cv": None},
    ... ]
    >>> [row["abc_xyz"] for row in Crossed().fit(people).apply(people)]
    ['AX', 'BZ', 'C?']
    """

    first: Axis = _VALUE
    second: Axis = _VARIATION
    into: str = "abc_xyz"

    def __attrs_post_init__(self) -> None:
        """Check that there are two columns."""
        if self.first.column == self.second.column:
            msg = f"both axes cut {self.first.column!r}; cross two different columns"
            raise ConfigError(msg)
        words = [one + other for one in self.first.better for other in self.second.better]
        if twice := sorted({word for word in words if words.count(word) > 1}):
            msg = f"{twice} would each stand for two places; choose words that cannot be mixed up"
            raise ConfigError(msg)

    def fit(self, data: object) -> "CrossedModel":
        """Freeze the cut points of both columns.

        Args:
            data: One row a customer with both columns.

        Raises:
            NotEnoughDataError: A column holds no value.
            DataError: A value is infinite, or a column is not a number.
            MissingColumnError: There is no such column.
            ConfigError: A cutter made another number of classes than there are words.
        """
        opened, axes = frames.table(data), (self.first, self.second)
        first, second = (fitted(axis.cutter, opened, value=axis.column) for axis in axes)
        return CrossedModel(axes=axes, cuts=(first, second), into=self.into)


@attrs.frozen(kw_only=True)
class CrossedModel(RowModel):
    """Two columns cut and crossed, ready to apply; adds one ordered label, the worst word first.

    Attributes:
        axes: The two columns, with their words.
        cuts: The frozen cut points of each.
        into: The column that is added.

    Raises:
        ConfigError: The number of words does not match the cuts.

    >>> model = Crossed().fit([{"revenue": 80, "gap_cv": 0.2}, {"revenue": 20, "gap_cv": 2.0}])
    >>> model.gives["abc_xyz"][0], model.gives["abc_xyz"][-1]
    ('C?', 'AX')
    """

    schema_version: ClassVar[int] = 1

    axes: tuple[Axis, Axis]
    cuts: tuple[Scale, Scale]
    into: str = "abc_xyz"

    def __attrs_post_init__(self) -> None:
        """Check that there is a word for each class."""
        for axis, cuts in zip(self.axes, self.cuts, strict=True):
            check_labels(axis.words, len(cuts.words()))

    def rules(self) -> Mapping[str, Rule]:
        """The column and its tree."""
        first, second = (
            _steps(axis, cuts) for axis, cuts in zip(self.axes, self.cuts, strict=True)
        )
        steps = tuple((a & b, one + other) for a, one in first for b, other in second)
        named = tuple(one + other for one in self.axes[0].better for other in self.axes[1].better)
        return {self.into: Ladder(steps, None, named)}

    def explain(self, record: Record) -> Explanation:
        """Between which cut points each of the two values is.

        Args:
            record: One customer, with both columns.

        >>> model = Crossed().fit([{"revenue": 80, "gap_cv": 0.2}, {"revenue": 20, "gap_cv": 2.0}])
        >>> print(model.explain({"revenue": 90, "gap_cv": None}).text())
        ABC by XYZ: A?
          - revenue is in the highest band, which begins at 80
          - irregularity of purchases is not known
        """
        given = frames.as_mapping(record)
        reasons = (_why(*pair, given) for pair in zip(self.axes, self.cuts, strict=True))
        return Explanation(self.into, {self.into: self.one(record)[self.into]}, tuple(reasons))


def _why(axis: Axis, cuts: Scale, record: Record) -> Reason:
    """The reason of one axis."""
    code = str(compiled(cuts.why(axis.column))(reader(cuts.why(axis.column).needs)(record)))
    return because(code, cuts.at(record), axis.column, record)


def _steps(axis: Axis, cuts: Scale) -> tuple[tuple[Condition, str], ...]:
    """Conditions and words, highest values first; the first that holds decides."""
    steps = cuts.ladder(axis.column, axis.words).steps
    lost = () if axis.unknown is None else ((F(axis.column).is_missing(), axis.unknown),)
    return (*((condition, str(word)) for condition, word in steps), *lost)
