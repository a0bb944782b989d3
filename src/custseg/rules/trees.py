"""Trees that give a column: ladders, bands, lines, choices and sums."""

from math import isfinite
from typing import Literal, TypeAlias

import attrs

from custseg.errors import ConfigError
from custseg.rules.conditions import Condition, FieldKind, merged
from custseg.rules.soundness import Value, check_bands, check_knots, check_numbers, known_words


@attrs.frozen
class Ladder:
    """Ordered steps: the first condition that holds gives the value.

    Attributes:
        steps: Condition and value, first to last.
        otherwise: Value where none holds; ``None`` is missing.
        words: Order of the labels; by default the order of appearance.

    >>> from custseg.rules import F
    >>> Ladder(((F("orders") > 0, "active"),), "potential").words
    ('active', 'potential')
    """

    steps: tuple[tuple[Condition, Value], ...]
    otherwise: Value | None = None
    words: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Collect the words where they were not given."""
        values = [value for _, value in self.steps]
        object.__setattr__(self, "words", known_words((*values, self.otherwise), self.words))

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the conditions read."""
        return merged(condition.needs for condition, _ in self.steps)


@attrs.frozen
class Bands:
    """A number's band between edges.

    Attributes:
        field: The column.
        edges: Ascending edges.
        values: One value a band, lowest first: one more than there are edges.
        closed: ``left``: a value on an edge is in the band above; ``right``: below.
        missing: Value where the number is missing; ``None`` is missing.

    >>> Bands("revenue", (100.0, 1000.0), ("low", "medium", "high")).closed
    'left'
    """

    field: str
    edges: tuple[float, ...]
    values: tuple[Value, ...]
    closed: Literal["left", "right"] = "left"
    missing: Value | None = None

    def __attrs_post_init__(self) -> None:
        """Check the edges and the values."""
        check_bands(self.edges, self.values)
        known_words(self.values, ())

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the bands, lowest first; empty where they are numbers."""
        return known_words((*self.values, self.missing), ())

    @property
    def needs(self) -> dict[str, FieldKind]:
        """The number."""
        return {self.field: "number"}


@attrs.frozen
class Line:
    """A piecewise straight line, flat outside, rounded half up to a whole number.

    Attributes:
        field: The column.
        knots: Points of the line, ascending in x; y are whole numbers.
        missing: Whole number where the value is missing.

    >>> Line("orders", ((0.0, 0), (10.0, 2500))).needs
    {'orders': 'number'}
    """

    field: str
    knots: tuple[tuple[float, int], ...]
    missing: int = 0

    def __attrs_post_init__(self) -> None:
        """Check that x ascends."""
        check_knots(self.knots)

    @property
    def words(self) -> tuple[str, ...]:
        """A line gives numbers."""
        return ()

    @property
    def needs(self) -> dict[str, FieldKind]:
        """The number."""
        return {self.field: "number"}


@attrs.frozen
class Choice:
    """A text's value in a table.

    Attributes:
        field: The column.
        values: Text and what it gives.
        otherwise: Value for a text that the table lacks.
        missing: Value where the text is missing.

    >>> Choice("source", (("referral", 1500),), otherwise=0).missing
    0
    """

    field: str
    values: tuple[tuple[str, Value], ...]
    otherwise: Value | None = 0
    missing: Value | None = 0

    def __attrs_post_init__(self) -> None:
        """Refuse words beside numbers."""
        known_words(tuple(v for _, v in self.values), ())

    def by_value(self) -> dict[Value, tuple[str, ...]]:
        """The texts of each value: engines ask once whether a text is among them.

        >>> Choice("source", (("fair", 5), ("event", 5), ("ad", 3))).by_value()
        {5: ('fair', 'event'), 3: ('ad',)}
        """
        texts: dict[Value, tuple[str, ...]] = {}
        for text, value in dict(self.values).items():
            texts[value] = (*texts.get(value, ()), text)
        return texts

    @property
    def words(self) -> tuple[str, ...]:
        """The words it gives; empty where they are numbers."""
        return known_words((*(v for _, v in self.values), self.otherwise, self.missing), ())

    @property
    def needs(self) -> dict[str, FieldKind]:
        """The text."""
        return {self.field: "text"}


@attrs.frozen
class Sum:
    """A sum of whole numbers, clamped where limits are given.

    Attributes:
        parts: Rules that give whole numbers.
        low: Least sum.
        high: Greatest sum.

    >>> Sum((Line("orders", ((0.0, 0), (10.0, 2500))),), high=2000).words
    ()
    """

    parts: tuple["Rule", ...]
    low: int | None = None
    high: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse words and limits that cross."""
        check_numbers("sum", self.parts)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"low must not be above high, got {self.low} and {self.high}"
            raise ConfigError(msg)

    @property
    def words(self) -> tuple[str, ...]:
        """A sum gives numbers."""
        return ()

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the parts read."""
        return merged(part.needs for part in self.parts)


@attrs.frozen
class Scaled:
    """A number divided, such as hundredths of points into points; or cut into bands.

    Attributes:
        part: The rule that gives the number.
        divisor: What it is divided by.
        edges: Where given, the quotient is put into bands at these edges (left-closed).
        values: One value a band.

    >>> Scaled(Line("orders", ((0.0, 0), (10.0, 2500))), 100.0).words
    ()
    """

    part: "Rule"
    divisor: float = 1.0
    edges: tuple[float, ...] = ()
    values: tuple[Value, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check the divisor, the edges and the count of values."""
        if not (isfinite(self.divisor) and self.divisor):
            msg = f"divisor must be a number other than 0, got {self.divisor}"
            raise ConfigError(msg)
        check_numbers("scaled", (self.part,))
        if self.values or self.edges:
            check_bands(self.edges, self.values)
            known_words(self.values, ())

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the bands; empty where there are none."""
        return known_words(self.values, ())

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the part reads."""
        return self.part.needs


@attrs.frozen
class Slopes:
    """Straight lines over the whole number that a rule gives, rounded half up to a whole number.

    What ``Line`` is to a column. Curves that engines would compute apart in the last digit, such
    as a logistic, are drawn so.

    Attributes:
        part: The rule that gives the number.
        knots: Points of the lines, ascending in x; y are whole numbers.

    >>> Slopes(Line("orders", ((0.0, 0), (10.0, 2500))), ((0.0, 0), (2500.0, 100))).needs
    {'orders': 'number'}
    """

    part: "Rule"
    knots: tuple[tuple[float, int], ...]

    def __attrs_post_init__(self) -> None:
        """Check that x ascends, and that the rule gives numbers."""
        check_knots(self.knots)
        check_numbers("slopes", (self.part,))

    @property
    def words(self) -> tuple[str, ...]:
        """Lines give numbers."""
        return ()

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the part reads."""
        return self.part.needs


Rule: TypeAlias = Ladder | Bands | Line | Choice | Sum | Scaled | Slopes
"""Any of the trees that give a column."""


def children(rule: Rule) -> tuple[Rule, ...]:
    """The rules inside a rule.

    >>> children(Scaled(Sum(()), 100.0))
    (Sum(parts=(), low=None, high=None),)
    """
    if isinstance(rule, Sum):
        return rule.parts
    return (rule.part,) if isinstance(rule, Scaled | Slopes) else ()


def words_of(rule: Rule) -> tuple[str, ...] | None:
    """The ordered words of the column that a rule gives; ``None`` for numbers.

    >>> words_of(Bands("x", (1.0,), ("low", "high")))
    ('low', 'high')
    """
    return rule.words or None


def always_known(rule: Rule) -> bool:
    """Whether a rule gives a value for every row, also where all that it reads is missing.

    >>> always_known(Line("orders", ((0.0, 0),))), always_known(Bands("x", (), ("all",)))
    (True, False)
    """
    if isinstance(rule, Ladder):
        return rule.otherwise is not None
    if isinstance(rule, Bands):
        return rule.missing is not None
    if isinstance(rule, Choice):
        return rule.otherwise is not None and rule.missing is not None
    return all(always_known(part) for part in children(rule))
