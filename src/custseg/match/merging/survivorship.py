"""Which value survives when records are merged: the most recent, the longest, the trusted one."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol, runtime_checkable

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Needs, words
from custseg.errors import ConfigError, DataError
from custseg.match.merging.field import Candidate, Field


class Survivorship(Protocol):
    """A strategy for merging: it says what it reads, and chooses in one of three ways.

    Write ``pick`` (one entity at a time, see `Picks`) to begin with; ``rank`` (`Ranks`) does the
    same for all entities at once; ``make`` (`Makes`) gives a value that no record holds.

    >>> [isinstance(how, Ranks) for how in (FirstFilled(), Sum())]
    [True, False]
    """

    @property
    def needs(self) -> Needs:
        """The columns it reads besides the one that is merged."""
        ...


@runtime_checkable
class Picks(Survivorship, Protocol):
    """Chooses one of an entity's values.

    >>> class LastSeen:
    ...     needs = {"visits": "number"}
    ...
    ...     def pick(self, candidates):
    ...         return max(range(len(candidates)), key=lambda i: candidates[i].columns["visits"])
    >>> seen = Candidate("Ulm", {"visits": 1.0}), Candidate("Bonn", {"visits": 7.0})
    >>> LastSeen().pick(seen)
    1
    """

    def pick(self, candidates: Sequence[Candidate], /) -> int:
        """The place of the value that survives among at least two, in the order of record ids."""
        ...


@runtime_checkable
class Ranks(Survivorship, Protocol):
    """Ranks all values at once.

    >>> isinstance(MostFrequent(), Ranks)
    True
    """

    def rank(self, field: Field, /) -> Sequence[Floats]:
        """Criteria, weightiest first, a number a record: the smallest survives, NaN comes last."""
        ...


@runtime_checkable
class Clears(Ranks, Protocol):
    """Ranks values, and records whose value was cleared on purpose beside them."""

    def cleared(self, field: Field, /) -> Bools:
        """The records without a value that compete as if they had one."""
        ...


@runtime_checkable
class Makes(Survivorship, Protocol):
    """Makes one value of all of an entity's.

    >>> isinstance(Sum(), Makes)
    True
    """

    def make(self, values: Sequence[object], /) -> object:
        """The value made of at least two, in the order of record ids."""
        ...


@attrs.frozen
class FirstFilled:
    """The value of the record with the smallest id that has one.

    >>> FirstFilled().needs
    {}
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """No criterion: record ids decide, as in every tie."""
        del field
        return ()


@attrs.frozen
class MostRecent:
    """The value of the record that was last updated; a record without a date comes last.

    Attributes:
        by: The column with the date or moment of the update.

    >>> dict(MostRecent("updated_at").needs)
    {'updated_at': 'day'}
    """

    by: str = "updated_at"

    @property
    def needs(self) -> Needs:
        """The column with the moment."""
        return {self.by: "day"}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The later the better."""
        return (-field.number(self.by),)


@attrs.frozen
class SourcePriority:
    """The value of the most trusted source; sources that are not listed come last.

    Attributes:
        order: Sources, the most trusted first.
        by: The column that names the source.

    Raises:
        ConfigError: A source is listed twice, or none is.

    >>> SourcePriority(("erp", "shop"), by="channel").order
    ('erp', 'shop')
    """

    order: tuple[str, ...] = attrs.field(converter=words)
    by: str = "source"

    def __attrs_post_init__(self) -> None:
        if not self.order or len(set(self.order)) < len(self.order):
            msg = f"sources must be listed once each, got {list(self.order)}"
            raise ConfigError(msg, "order")

    @property
    def needs(self) -> Needs:
        """The column with the source."""
        return {self.by: "text"}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The place in the list."""
        held = field.columns[self.by]
        at = held.recode(self.order) if isinstance(held, Codes) else np.full(len(field.at), -1)
        return (np.where(at >= 0, at, len(self.order)).astype(np.float64),)


@attrs.frozen
class Longest:
    """The longest text, counted in characters.

    >>> Longest().needs
    {}
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The more characters the better."""
        return (field.of_values(-field.held.lengths),)


@attrs.frozen
class MostFrequent:
    """The value that most records of the entity agree on.

    >>> MostFrequent().needs
    {}
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The more records agree the better."""
        pairs = field.groups.at.astype(np.int64) * max(len(field.values), 1) + field.at
        votes = np.full(len(field.at), np.nan)
        _, place, count = np.unique(pairs[field.filled], return_inverse=True, return_counts=True)
        votes[field.filled] = -count[place].astype(np.float64)
        return (votes,)


@attrs.frozen
class MaxValue:
    """The largest number, the latest date, the last text.

    Texts are taken for numbers or dates where most of the column is; of a date such as 1/2/2026 the
    day stands first.

    >>> MaxValue().needs
    {}
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The larger the better."""
        return (-field.ranks,)


@attrs.frozen
class MinValue:
    """The smallest number, the earliest date: a customer since the first of its records.

    Texts are taken for numbers or dates as by `MaxValue`.

    >>> MinValue().needs
    {}
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The smaller the better."""
        return (field.ranks,)


@attrs.frozen
class Sum:
    """All values added up: points, counters that each record kept for itself.

    >>> Sum().make([10, 5]), Sum().make([0.1] * 10)
    (15, 1.0)
    """

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def make(self, values: Sequence[object]) -> object:
        """The exact sum, whatever the order; integers and decimals stay what they are.

        Raises:
            DataError: A value is not a number.
        """
        numbers = [v for v in values if isinstance(v, int | float | Decimal)]
        if len(numbers) < len(values):
            msg = "cannot add up values that are not numbers"
            raise DataError(msg)
        if all(isinstance(v, int) for v in numbers):
            return sum(int(v) for v in numbers)
        if all(isinstance(v, int | Decimal) for v in numbers):
            return sum((Decimal(v) for v in numbers), Decimal(0))
        return math.fsum(float(v) for v in numbers)


def rule_of(strategy: Survivorship, kinds: Mapping[type, str]) -> str:
    """The code under which a strategy is named in provenance."""
    return kinds.get(type(strategy), type(strategy).__name__)
