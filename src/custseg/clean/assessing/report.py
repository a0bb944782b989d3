"""The quality of a table: by field, by record, what to mend first, what to verify again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum
from typing import Any, Protocol, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats
from custseg.clean.assessing.ageing import Age, ages
from custseg.clean.assessing.agreeing import Agreed, agreements
from custseg.clean.assessing.faults import DIMENSIONS, Fault, Looked, faults, of_ids
from custseg.clean.assessing.page import page_of
from custseg.clean.assessing.rules import QualityRules
from custseg.clean.assessing.standing import Fix, Records, Standing, standing
from custseg.clean.assessing.tables import due_columns, record_columns
from custseg.clean.assessing.words import lines_of
from custseg.clean.assessment import FieldQuality
from custseg.clean.columns import ReadColumn
from custseg.features import Conventions
from custseg.frames import Keys, Table, Tabled
from custseg.values.columns import Kind
from custseg.values.roles import role_of


class Counted(Protocol):
    """Fields that an engine counts when they are asked for."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What each column holds, in order."""
        ...

    def fields(self, weights: Sequence[float]) -> tuple[FieldQuality, ...]:
        """Each column that was looked at."""
        ...


@attrs.frozen(eq=False)
class Quality(Tabled):
    """How good a table is.

    Attributes:
        rows: All rows.
        columns: The columns as they were understood.
        weights: What a field counts; 1 if it is not named, and nothing if it only says when the
            record was verified.
        rules: By what quality is judged beyond filled and valid; None judges nothing else.
        as_of: The day of each row at which values are as old as they are; None does not ask.
        table: What was looked at.
        ids: The customers' ids, None if the table has none.
        source: The caller's whole table, where only a part of it was fetched.
        id: The column with the ids: who has none, or another's, is a fault without weight.
        inside: The fields as an engine counts them, where the table is lazy.

    Source: completeness, accuracy (here: validity), consistency and currentness (here: freshness)
    of ISO/IEC 25012:2008 and GB/T 36344-2018; uniqueness of DAMA-DMBOK.

    Example:
        >>> from custseg.clean import quality
        >>> found = quality([{"phone": "138 0013 8000", "email": "n/a"}])
        >>> found.mean, found.field("email").placeholder, found.fixes[0].column
        (0.5, 1, 'email')
    """

    rows: int
    columns: Sequence[ReadColumn] = attrs.field(repr=False)
    weights: Mapping[str, float] = attrs.field(repr=False)
    rules: QualityRules | None = None
    as_of: Floats | None = attrs.field(default=None, repr=False)
    table: Table[Any] | None = attrs.field(default=None, repr=False)
    ids: Keys | None = attrs.field(default=None, repr=False)
    source: Table[Any] | None = attrs.field(default=None, repr=False)
    id: str | None = None
    inside: Counted | None = attrs.field(default=None, repr=False)

    @cached_property
    def fields(self) -> tuple[FieldQuality, ...]:
        """Each column that was looked at."""
        if self.inside is not None:
            return self.inside.fields([self.weight(name) for name in self.inside.kinds])
        return tuple(FieldQuality.of(c, self.weight(c.name)) for c in self.columns)

    @cached_property
    def completeness(self) -> Floats:
        """For each row the weighted share of columns that are filled and valid, 0 to 1.

        NaN if no column counts.
        """
        heavy = [(column, self.weight(column.name)) for column in self.columns]
        # Summed one column after the other, so a row's figure does not depend on other rows.
        total = np.zeros(self.rows)
        for column, weight in heavy:
            total += weight * column.valid()
        whole = sum(weight for _, weight in heavy)
        return np.minimum(total / whole, 1.0) if whole else np.full(self.rows, np.nan)

    @property
    def mean(self) -> float | None:
        """Mean completeness, None if there are no rows or no columns."""
        whole = sum(field.weight for field in self.fields)
        if not self.rows or not whole:
            return None
        # From counts, not from the rows' figures: the order of rows cannot matter.
        return sum(field.weight * field.valid for field in self.fields) / (whole * self.rows)

    @cached_property
    def ages(self) -> dict[str, Age]:
        """How old the values of each field are, of which it can be told."""
        if self.rules is None or self.as_of is None or self.table is None:
            return {}
        return {age.column: age for age in ages(self.columns, self.table, self.rules, self.as_of)}

    @cached_property
    def agreements(self) -> tuple[Agreed, ...]:
        """The rules that the fields of a record must keep, and the records that break them."""
        if self.rules is None or self.table is None:
            return ()
        return agreements(self.columns, self.table, self.rules)

    @cached_property
    def _standing(self) -> Standing:
        looked = Looked(self.rules, self.ages, self.agreements)
        weights = [self.weight(column.name) for column in self.columns]
        records = Records(self.rows, weights, self.value, self._example)
        found = [*faults(self.columns, looked), *self._of_ids()]
        return standing(found, records)

    def _of_ids(self) -> Iterator[Fault]:
        if self.rules is not None and self.ids is not None and self.id is not None:
            yield from of_ids(self.id, self.ids)

    @cached_property
    def value(self) -> Floats | None:
        """Value of each customer, None if no column for it was named."""
        if self.rules is None or self.rules.value is None or self.table is None:
            return None
        name = self.rules.value
        held = cast("Floats", self.table.read({name: "number"})[name])
        return np.where(np.isfinite(held), held, np.nan)

    @property
    def score(self) -> Floats:
        """How good each record is, 0 to 1; NaN if no column counts.

        1 less what its fields have lost, each by its weight: all of a field that is missing or
        invalid, a share of one that is shared, contradicts another or grows old.
        """
        return self._standing.score

    @property
    def lost(self) -> Mapping[str, Floats]:
        """What each record has lost by dimension; with the score it adds up to 1."""
        return cast("Mapping[str, Floats]", self._standing.lost)

    @property
    def dimensions(self) -> dict[str, float]:
        """Mean of each dimension that was looked at: 1 less what the records have lost by it."""
        seen = DIMENSIONS if self.rules is not None else DIMENSIONS[:2]
        seen = seen if self.ages else tuple(name for name in seen if name != "freshness")
        if self.mean_score is None:
            return {}
        return {name: 1 - fsum(self.lost[name].tolist()) / self.rows for name in seen}

    @property
    def mean_score(self) -> float | None:
        """Mean score of the records, None if there are none or no column counts."""
        if not self.rows or np.isnan(self.score).any():
            return None
        return fsum(self.score.tolist()) / self.rows

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """What to mend, the most gain first; with a value column the most value at risk first."""
        return self._standing.fixes

    def records(self, *, ranked: bool = False) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a record: its score, what it has lost by what, and what to mend first.

        Args:
            ranked: The records with the most to gain first, by value if it is known.

        Example:
            >>> from custseg.clean import quality
            >>> quality([{"id": 1, "phone": "128", "email": "a@b.cn"}]).records()
            [{'row': 0, 'customer': 1, 'quality': 0.5, 'lost_completeness': 0.0,
              'lost_validity': 0.5, 'lost_uniqueness': 0.0, 'lost_consistency': 0.0,
              'lost_freshness': 0.0, 'fix_field': 'phone', 'fix_problem': 'invalid_length'}]
        """
        made = record_columns(self._standing, self.ids, self.value, ranked=ranked)
        return self._whole.build(made)

    def due(self, *, until: date | str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """Which field of which record is to be verified again, and on what day.

        Args:
            until: The day up to which to look ahead; by default what is due by now.

        Raises:
            ConfigError: It is no day.
        """
        tz = "UTC" if self.rules is None else self.rules.tz
        day = None if until is None else float(Conventions(tz=tz).day(until))
        return self._whole.build(due_columns(self.ages.values(), self.ids, day))

    def attach(self) -> Any:  # noqa: ANN401 - the caller's kind
        """The caller's table with the column ``quality``: the score of each record."""
        return self._whole.attach({"quality": self.score})

    @property
    def _whole(self) -> Table[Any]:
        """The caller's table; none at all where only figures are at hand."""
        return self.source or self.table or frames.table([])

    def weight(self, column: str) -> float:
        """What a field counts."""
        usual = 0.0 if role_of(column) == "confirmed" or column in self._days else 1.0
        return self.weights.get(column, usual)

    @cached_property
    def _days(self) -> frozenset[str]:
        """The columns that say at which day a record is looked at, or a field was verified."""
        names = list(self.inside.kinds) if self.inside else [one.name for one in self.columns]
        own = [f"{name}_{end}" for name in names for end in ("verified_at", "updated_at")]
        named = () if self.rules is None else self.rules.updated.values()
        return frozenset(["as_of", *own, *named])

    def field(self, column: str) -> FieldQuality:
        """One column's figures.

        Raises:
            KeyError: The column was not looked at.
        """
        return {field.column: field for field in self.fields}[column]

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; an example of each fault only when asked."""
        out: dict[str, object] = {"rows": self.rows, "completeness": self.mean}
        out["fields"] = [field.as_dict() for field in self.fields]
        if self.rules is None:
            return out
        due = [_due(age) for age in self.ages.values()]
        rules = [_agreed(rule) for rule in self.agreements]
        more = {"score": self.mean_score, "dimensions": self.dimensions, "due": due}
        fixes = [fix.as_dict(values=values) for fix in self.fixes]
        return out | more | {"agreements": rules, "fixes": fixes}

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the whole, each column, what to mend first, what is due."""
        return "\n".join(lines_of(self.as_dict(values=values), locale))

    def html(self, locale: str = "en", *, values: bool = False) -> str:
        """The same as tables of HTML, with their style inside."""
        return page_of(self.as_dict(values=values), locale)

    def _example(self, fault: Fault) -> object:
        column = next((c for c in self.columns if c.name == fault.column), None)
        return None if column is None else _commonest(column, fault)


def _due(age: Age) -> dict[str, object]:
    return {
        "column": age.column,
        "by": age.by,
        "limit_days": age.limit,
        "values": int(age.held.sum()),
        "overdue": int((age.overdue & ~age.undated).sum()),
        "undated": int(age.undated.sum()),
    }


def _agreed(rule: Agreed) -> dict[str, object]:
    told, broken = int(rule.told.sum()), int(rule.broken.sum())
    return {"rule": rule.name, "fields": list(rule.fields), "told": told, "broken": broken}


def _commonest(column: ReadColumn, fault: Fault) -> object:
    """The value that most records with a fault hold, of equals the first in order of text."""
    at = column.at[fault.rows]
    counts = np.bincount(at[at >= 0], minlength=len(column))
    if not counts.any():
        return None
    best: Sequence[int] = np.flatnonzero(counts == counts.max()).tolist()
    one = min((column.old[i] for i in best), key=str)
    return one if isinstance(one, (str, bool, int, float)) else str(one)
