"""How many customers fill each field, validly and freshly, and what each field would add."""

from collections.abc import Iterator
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.features.completion.fields import Field, Seen, possible_of, share
from custseg.frames import Table, Tabled
from custseg.labels import label, title
from custseg.layout import aligned, html_table, percent, plain

_WHOLE: Final = 1e9  # shares are summed as whole numbers: in any order of rows the same
_COUNTS: Final = ("applies", "filled", "valid")
_SHARES: Final = ("filled_share", "valid_share", "fresh_share", "gain")
_HEADS: Final = ("weight", "applies", "filled", "valid", "fresh", "gain")


@attrs.frozen
class FieldReport:
    """What customers' records hold of one field.

    Attributes:
        field: A column, or a group of which the best counts.
        weight: What it counts.
        applies: Customers to whom it applies; only they are counted in what follows.
        filled: Those with something that is no placeholder.
        valid: Those with something that can be true.
        fresh_share: How fresh what is valid is, 0 to 1; NaN where nothing is.
        gain: What the mean completeness would gain if the field counted in full for everybody to
            whom it applies, 0 to 1.

    >>> FieldReport("email", 1.0, 4, 3, 2, 1.0, 0.25).valid_share
    0.5
    """

    field: str
    weight: float
    applies: int
    filled: int
    valid: int
    fresh_share: float
    gain: float

    @property
    def filled_share(self) -> float:
        """Share of those to whom it applies; NaN where there is nobody."""
        return self.filled / self.applies if self.applies else float("nan")

    @property
    def valid_share(self) -> float:
        """Share of those to whom it applies; NaN where there is nobody."""
        return self.valid / self.applies if self.applies else float("nan")

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        shares = plain(getattr(self, name) for name in _SHARES)
        head = {"field": self.field, "weight": self.weight, **counts}
        return {**head, **dict(zip(_SHARES, shares, strict=True))}


@attrs.frozen(eq=False)
class CompletenessReport(Tabled):
    """How complete customers' records are, and what would make them more so.

    Attributes:
        customers: Records looked at.
        completeness: Their mean, 0 to 1; NaN where nothing applies to anybody.
        fields: One a field, in order.
        like: A table of the kind that answers have.

    >>> from custseg.features import Completeness
    >>> found = Completeness().report([{"name": "Li", "city": None}, {"name": "Wu", "city": "Ulm"}])
    >>> found.completeness, found.field("city").gain, found.ranked[0].field
    (0.75, 0.25, 'city')
    """

    customers: int
    completeness: float
    fields: tuple[FieldReport, ...]
    like: Table[Any] = attrs.field(repr=False)

    @property
    def ranked(self) -> tuple[FieldReport, ...]:
        """The fields, those that would add most first."""
        return tuple(sorted(self.fields, key=lambda each: -each.gain))

    def field(self, name: str) -> FieldReport:
        """The figures of one field.

        Raises:
            KeyError: There is no such field.
        """
        return {each.field: each for each in self.fields}[name]

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a field."""
        rows = [each.as_dict() for each in self.fields]
        names = FieldReport("", 0.0, 0, 0, 0, 0.0, 0.0).as_dict()
        return self.like.build({name: [row[name] for row in rows] for name in names})

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        mean = plain([self.completeness])[0]
        fields = [each.as_dict() for each in self.fields]
        return {"customers": self.customers, "completeness": mean, "fields": fields}

    def text(self, locale: str = "en") -> str:
        """Lines to read, what would add most first."""
        head = [
            f"{label('table.customers', locale)}: {self.customers:,}",
            f"{title('completeness', locale)}: {percent(self.completeness)}",
        ]
        return "\n".join([*head, aligned(*self._figures(locale))])

    def _figures(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        heads = ("", *(label(f"complete.{name}", locale) for name in _HEADS))
        return heads, [_row(each, locale) for each in self.ranked]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._figures(locale))


def _row(each: FieldReport, locale: str) -> tuple[str, ...]:
    shares = (percent(getattr(each, name)) for name in _SHARES)
    return (title(each.field, locale), f"{each.weight:g}", f"{each.applies:,}", *shares)


def report_of(
    like: Table[Any], table: Table[Any], fields: tuple[Field, ...], found: Iterator[Seen]
) -> CompletenessReport:
    """Count what is there.

    Args:
        like: A table of the kind that answers have.
        table: The customers.
        fields: The fields.
        found: What the rows hold of one field after the other.
    """
    size, possible = table.size, possible_of(table, fields)
    earned, lines = np.zeros(size), list[FieldReport]()
    for seen in found:
        earned += seen.field.weight * seen.earned()
        lines.append(_line(seen, possible))
    return CompletenessReport(size, _mean(share(earned, possible)), tuple(lines), like)


def _line(seen: Seen, possible: Floats) -> FieldReport:
    applies = np.ones(len(seen.filled), dtype=np.bool_) if seen.applies is None else seen.applies
    valid = seen.valid & applies
    fresh = np.where(valid, seen.quality, np.nan)
    gain = share(seen.field.weight * seen.lacking(), possible)
    return FieldReport(
        seen.field.name,
        seen.field.weight,
        _count(applies),
        _count(seen.filled & applies),
        _count(valid),
        _mean(fresh),
        _mean(gain),
    )


def _count(where: Bools) -> int:
    return int(np.count_nonzero(where))


def _mean(shares: Floats) -> float:
    """Mean of what is known; NaN where nothing is."""
    known = shares[~np.isnan(shares)]
    whole = int(np.rint(known * _WHOLE).astype(np.int64).sum())
    return whole / _WHOLE / len(known) if len(known) else float("nan")
