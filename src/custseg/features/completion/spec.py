"""How much of what we want to know of a customer is filled in, can be true, and is still fresh."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats
from custseg.features.completion.fields import (
    Field,
    Part,
    Seen,
    completeness_of,
    looked_at,
    share,
    shortfall_of,
)
from custseg.features.completion.filling import Check, usual_check
from custseg.features.completion.freshness import Freshness, days_at
from custseg.features.completion.report import CompletenessReport, report_of
from custseg.features.completion.settings import (
    a_share,
    above_zero,
    apart,
    by_name,
    grouped,
    in_zone,
    known_checks,
    not_negative,
    of_known,
)
from custseg.features.completion.why import CompletenessWhy
from custseg.features.layout import COLUMNS
from custseg.frames import Attachable, Table
from custseg.rules import Condition
from custseg.rules.conditions import FieldKind
from custseg.values.columns import is_id

_BY_NAME: Final = ("checks", "any_of", "applies", "half_lives", "updated")


@attrs.frozen
class Completeness:
    """Which columns make a record complete.

    A column counts where it is filled and valid: placeholders such as ``n/a`` are not filled, and
    an e-mail address or a phone number must be one. Completeness is the weight of what counts,
    divided by the weight of what applies to this customer; so it is the sum of what each field
    adds.

    Source: completeness and accuracy, ISO/IEC 25012:2008 and GB/T 25000.12-2017, by record and
    only for values that are valid, weighed by how current they are.

    Attributes:
        weights: Weight of each column that counts, or group. Without any, all columns of the
            customers but their ids count the same, and each group like one column.
        checks: What makes a column valid: ``filled``, ``email``, ``phone``, ``name``, ``person``,
            ``company``, ``uscc``, ``id_card`` or ``date``. By default by its name: ``email``,
            ``work_phone``, ``credit_code``, ``birthday``; names have only to be filled.
        any_of: Groups of columns that do for one another: the best of them counts, once.
        applies: To whom a column or group applies; of others it is not asked. Where the condition
            cannot be told it does not apply.
        half_lives: Days after which the value of a column counts half, after twice as many a
            quarter, and so on; of a group, for each of its columns.
        updated: Which column says on what day a value was last confirmed; by default the column's
            name with ``_updated_at``. A day after the one that counts is as good as that day.
        undated: What a value counts of which that day is not known, 0 to 1.
        tz: Time zone whose days are counted; a profile counts those of its conventions.

    Raises:
        ConfigError: A weight is below 0, or all are 0; a column counts twice; days are not above
            0; there is no such check or time zone; a setting is for a column that has no weight.

    >>> from custseg.rules import F
    >>> card = Completeness(
    ...     {"name": 1, "reach": 2, "uscc": 1},
    ...     any_of={"reach": ("phone", "email")},
    ...     applies={"uscc": F("kind") == "company"},
    ... )
    >>> people = [
    ...     {"kind": "person", "name": "Li Lei", "phone": "123", "email": "li@shop.cn", "uscc": ""},
    ...     {"kind": "company", "name": "n/a", "phone": None, "email": None, "uscc": None},
    ... ]
    >>> [(row["completeness"], row["next_field"]) for row in card.apply(people)]
    [(1.0, None), (0.0, 'reach')]
    """

    weights: Mapping[str, float] = attrs.field(
        factory=dict[str, float], converter=by_name, validator=not_negative
    )
    checks: Mapping[str, Check] = attrs.field(factory=dict[str, Check], validator=known_checks)
    any_of: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], converter=grouped, kw_only=True
    )
    applies: Mapping[str, Condition] = attrs.field(factory=dict[str, Condition], kw_only=True)
    half_lives: Mapping[str, float] = attrs.field(
        factory=dict[str, float], validator=above_zero, kw_only=True
    )
    updated: Mapping[str, str] = attrs.field(factory=dict[str, str], kw_only=True)
    undated: float = attrs.field(default=1.0, validator=a_share, kw_only=True)
    tz: str = attrs.field(default="UTC", validator=in_zone, kw_only=True)

    gives: ClassVar[tuple[str, ...]] = ("completeness", "next_field", "next_field_gain")

    def __attrs_post_init__(self) -> None:
        """Refuse what contradicts itself."""
        apart(self.any_of, self.weights)
        if self.weights:
            members = (column for columns in self.any_of.values() for column in columns)
            settings = {name: getattr(self, name) for name in _BY_NAME}
            of_known(settings, {*self.weights, *members})

    def of(
        self,
        table: Table[Any],
        columns: Iterable[str] | None = None,
        *,
        as_of: date | str | None = None,
    ) -> Floats:
        """Completeness of each row, 0 to 1; NaN where nothing applies.

        Args:
            table: The customers.
            columns: The columns that count where no weights are set; by default all.
            as_of: The day at which values are as old as they are; by default that of the column
                ``as_of``. Only where there are half-lives.

        Raises:
            MissingColumnError: A column with a weight is not there.
            ConfigError: There are half-lives and no day is known.

        >>> people = frames.table([{"name": "Li Lei", "email": "li@"}, {"name": "", "email": None}])
        >>> Completeness({"name": 3, "email": 1}).of(people).tolist()
        [0.75, 0.0]
        """
        fields = self.fields(table.columns if columns is None else columns)
        return share(*completeness_of(self._look(table, fields, as_of), table.size))

    @property
    def needs(self) -> Mapping[str, FieldKind]:
        """Columns that are read whatever else there is; ``as_of`` where values grow old.

        >>> dict(Completeness({"name": 2, "city": 1}).needs)
        {'name': 'any', 'city': 'any'}
        """
        out: dict[str, FieldKind] = {}
        for field in self.fields(()):
            out |= dict.fromkeys((part.column for part in field.parts), "any")
            ages = [part.freshness.column for part in field.parts if part.freshness]
            out |= dict.fromkeys((*ages, *(["as_of"] if ages else [])), "day")
            out |= {} if field.applies is None else field.applies.needs
        return out

    def fields(self, columns: Iterable[str]) -> tuple[Field, ...]:
        """The fields that count, in order.

        Args:
            columns: The columns that count where no weights are set.

        >>> [field.name for field in Completeness().fields(["name", "email"])]
        ['name', 'email']
        """
        members = {c: name for name, columns in self.any_of.items() for c in columns}
        aging = (*self.half_lives, *(c for c, name in members.items() if name in self.half_lives))
        other = members.keys() | {self._dated(column) for column in aging}
        alone = (name for name in columns if name not in other)
        usual = dict.fromkeys((*alone, *self.any_of), 1.0)
        return tuple(self._field(name, w) for name, w in (self.weights or usual).items() if w)

    def apply(self, data: object, *, as_of: date | str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """Add ``completeness``, the field to ask for next and what it would add.

        ``next_field`` is the column or group that would add most, of equals the first in order;
        null where nothing is lacking. ``next_field_gain`` is what it would add, 0 to 1.

        Args:
            data: The customers. Columns that a profile adds and ids do not count by themselves.
            as_of: As in ``of``.

        Raises:
            MissingColumnError: A column with a weight is not there.
            ConfigError: There are half-lives and no day is known.

        >>> Completeness().apply([{"name": "Li", "city": None}])[0]["next_field"]
        'city'
        """
        table = frames.table(data)
        fields = self._usual(table)
        if not table.lazy:
            return table.attach(self._found(table, fields, as_of))
        table.require(sorted(_columns(fields)))
        read = {*_columns(fields), "as_of"}
        work = partial(self._rows, fields=fields, as_of=as_of)
        return frames.by_row(table, work, needs=[c for c in table.columns if c in read])

    def _rows(
        self, rows: Table[Any], fields: tuple[Field, ...], as_of: date | str | None
    ) -> object:
        """The same of some rows of a lazy table."""
        return rows.build(self._found(rows, fields, as_of))

    def _found(
        self, table: Table[Any], fields: tuple[Field, ...], as_of: date | str | None
    ) -> dict[str, Attachable]:
        found = shortfall_of(self._look(table, fields, as_of), table.size)
        return {
            "completeness": found.share,
            "next_field": Codes(found.best, tuple(f.name for f in fields), plain=True),
            "next_field_gain": share(found.gain, found.possible),
        }

    def one(self, record: object, *, as_of: date | str | None = None) -> dict[str, Any]:
        """Add the same to one record.

        >>> Completeness({"name": 3, "city": 1}).one({"name": "Li", "city": None})["completeness"]
        0.75
        """
        return cast("dict[str, Any]", self.apply([record], as_of=as_of)[0])

    def report(self, data: object, *, as_of: date | str | None = None) -> CompletenessReport:
        """How many records fill each field, validly and freshly, and what each field would add.

        >>> people = [{"name": "Li", "email": "li@"}, {"name": "n/a", "email": None}]
        >>> print(Completeness().report(people).text())
        customers: 2
        completeness: 25.0 %
               weight  applies   filled    valid    fresh    gain
        email       1        2   50.0 %    0.0 %        -  50.0 %
        name        1        2   50.0 %   50.0 %  100.0 %  25.0 %
        """
        table = frames.table(data)
        fields = self._usual(table)
        held = _fetched(table, fields)
        like = table if table.lazy else table.select(())
        return report_of(like, held, fields, self._look(held, fields, as_of))

    def explain(self, record: object, *, as_of: date | str | None = None) -> CompletenessWhy:
        """What each field adds to the completeness of one record, and what it could add.

        >>> print(Completeness({"name": 3, "city": 1}).explain({"name": "Li", "city": ""}).text())
        completeness: 75.00
        field to ask for next: city
              state  points  possible   gain
        name   full   75.00     75.00   0.00
        city  empty    0.00     25.00  25.00
        """
        table = frames.table([record])
        found = list(self._look(table, self._usual(table), as_of))
        return CompletenessWhy.of(found, int(shortfall_of(iter(found), 1).best[0]))

    def _look(
        self, table: Table[Any], fields: tuple[Field, ...], as_of: date | str | None
    ) -> Iterator[Seen]:
        """Look at one field after the other; every column has to be there."""
        table.require(sorted(_columns(fields)))
        aging = any(part.freshness for field in fields for part in field.parts)
        days = days_at(table, as_of, self.tz) if aging else np.array([np.nan])
        return looked_at(table, fields, days)

    def _usual(self, table: Table[Any]) -> tuple[Field, ...]:
        """The fields of a table that may hold ids and columns of a profile."""
        other = {*COLUMNS, *self.gives}
        return self.fields(c for c in table.columns if c not in other and not is_id(c))

    def _field(self, name: str, weight: float) -> Field:
        half = self.half_lives.get(name)
        parts = tuple(
            Part(
                column,
                self.checks.get(column, usual_check(column)),
                self._freshness(column, self.half_lives.get(column, half)),
            )
            for column in self.any_of.get(name, (name,))
        )
        return Field(name, weight, parts, self.applies.get(name))

    def _freshness(self, column: str, half_life: float | None) -> Freshness | None:
        if half_life is None:
            return None
        return Freshness(self._dated(column), half_life, self.undated, self.tz)

    def _dated(self, column: str) -> str:
        return self.updated.get(column, f"{column}_updated_at")


def _columns(fields: tuple[Field, ...]) -> set[str]:
    return {column for field in fields for column in field.columns}


def _fetched(table: Table[Any], fields: tuple[Field, ...]) -> Table[Any]:
    """Of a lazy table what is needed is fetched once, and only that."""
    needed = {*_columns(fields), "as_of"}
    return table.select([c for c in table.columns if c in needed]) if table.lazy else table
