"""When values were last verified, how fresh they are, and when they are due again."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.clean.assessing.rules import QualityRules
from custseg.clean.columns import ReadColumn
from custseg.errors import MissingColumnError
from custseg.frames import Table
from custseg.values.roles import rank, role_of

_OWN = ("verified_at", "updated_at")


@attrs.frozen(eq=False)
class Age:
    """How old the values of one column are.

    Attributes:
        column: The column.
        by: Which column says when they were verified.
        limit: Days after which they are to be verified again.
        half_life: Days after which a value counts half.
        verified: The day of each row, NaN where it is not known.
        as_of: The day at which they are looked at, row by row.
        held: The rows that hold a value to verify.
    """

    column: str
    by: str
    limit: float
    half_life: float
    verified: Floats = attrs.field(repr=False)
    as_of: Floats = attrs.field(repr=False)
    held: Bools = attrs.field(repr=False)

    @property
    def due(self) -> Floats:
        """The day on which each value is to be verified again; at once where it has no day."""
        day = np.where(np.isnan(self.verified), self.as_of, self.verified + np.ceil(self.limit))
        return np.where(self.held, day, np.nan)

    @property
    def overdue(self) -> Bools:
        """The rows whose value is due by now, or of no known day."""
        with np.errstate(invalid="ignore"):
            return self.held & (self.due <= self.as_of)

    @property
    def undated(self) -> Bools:
        """The rows with a value of no known day."""
        return self.held & np.isnan(self.verified)

    def fresh(self, undated: float) -> Floats:
        """What each value counts, 0 to 1; of a day that is to come, or without ``as_of``, all."""
        age = np.maximum(self.as_of - self.verified, 0.0)
        worn = np.where(np.isnan(age), undated, np.exp2(age / -self.half_life))
        return np.where(np.isnan(self.as_of), 1.0, worn)


def ages(
    columns: Sequence[ReadColumn], table: Table[Any], rules: QualityRules, as_of: Floats
) -> tuple[Age, ...]:
    """How old the columns are that grow old and of which it is known when they were verified.

    Raises:
        MissingColumnError: A column that was named is not there.
    """
    found: list[Age] = []
    days: dict[str, Floats] = {}
    for column in columns:
        limit, life = (
            rules.limit(column.name, column.kind),
            rules.half_life(column.name, column.kind),
        )
        by = dated_by(column.name, table.columns, rules)
        if limit is None or life is None or by is None:
            continue
        if by not in days:
            moments = table.moments(by, rules.tz)
            days[by] = np.where(moments.known, moments.day.astype(np.float64), np.nan)
        found.append(Age(column.name, by, limit, life, days[by], as_of, column.valid()))
    return tuple(found)


def dated_by(column: str, names: Sequence[str], rules: QualityRules) -> str | None:
    """Which column says when the values of another were verified; None if none does.

    Raises:
        MissingColumnError: The column that was named for it is not there.
    """
    said = rules.updated.get(column)
    if said is not None:
        if said not in names:
            raise MissingColumnError(said, names)
        return said
    own = [f"{column}_{end}" for end in _OWN if f"{column}_{end}" in names]
    if own:
        return own[0]
    record = [name for name in names if role_of(name) == "confirmed"]
    return min(record, key=rank, default=None)
