"""Conditions on one row: comparisons with a field, joined by and, or, not.

A comparison with a missing value is false, and so is its negation: ``~`` is pushed down to the
comparisons when it is written, so what is unknown stays unknown, as in SQL, on every engine.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from numbers import Real
from typing import Literal, TypeAlias

import attrs

from custseg.errors import ConfigError

Op: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in", "missing", "present"]
Atom: TypeAlias = str | float | date
FieldKind: TypeAlias = Literal["number", "day", "text", "any"]

_OPPOSITE: dict[Op, Op] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
    "missing": "present",
    "present": "missing",
}
_ORDERED = frozenset({"<", "<=", ">", ">="})


@attrs.frozen
class Times:
    """Another field as the right side of a comparison, times a factor.

    Attributes:
        field: The column compared with.
        factor: What it is multiplied by.

    >>> 2 * F("gap_median_days")
    Times(field='gap_median_days', factor=2.0)
    """

    field: str
    factor: float = 1.0


class Condition:
    """Something that holds of a row or does not.

    >>> buyer = (F("orders") > 0) & F("email").is_present()
    >>> buyer.needs, ~buyer == (F("orders") <= 0) | F("email").is_missing()
    ({'orders': 'number', 'email': 'any'}, True)
    """

    __slots__ = ()

    @property
    def needs(self) -> dict[str, FieldKind]:
        """The fields that it reads, and as what."""
        raise TypeError(type(self).__name__)

    def negated(self) -> "Condition":
        """The opposite, where the values are known."""
        raise TypeError(type(self).__name__)

    def __and__(self, other: "Condition") -> "Every":
        """Both hold."""
        return Every((*_parts(self, Every), *_parts(other, Every)))

    def __or__(self, other: "Condition") -> "Some":
        """At least one holds."""
        return Some((*_parts(self, Some), *_parts(other, Some)))

    def __invert__(self) -> "Condition":
        """It does not hold, and all that it reads is known."""
        return self.negated()

    def __bool__(self) -> bool:
        """Refuse ``and``, ``or``, ``not`` and chained comparisons."""
        msg = "a condition has no truth value: join with & | ~ and put each comparison in brackets"
        raise TypeError(msg)


@attrs.frozen
class Test(Condition):
    """One comparison of a field.

    Attributes:
        field: The column.
        op: The comparison.
        value: A number, text or day, several of them, or another field.
        kind: How the field is read.

    >>> F("orders") >= 3
    Test(field='orders', op='>=', value=3.0, kind='number')
    """

    __test__ = False  # pytest collects classes of this name otherwise

    field: str
    op: Op
    value: Atom | tuple[Atom, ...] | Times | None = None
    kind: FieldKind = "any"

    def __attrs_post_init__(self) -> None:
        """Refuse an order of texts: it differs from engine to engine."""
        if self.kind == "text" and self.op in _ORDERED:
            msg = f"texts have no order here: field {self.field!r} {self.op} text; use one_of"
            raise ConfigError(msg)

    @property
    def needs(self) -> dict[str, FieldKind]:
        """The field, and the field on the right side."""
        needs: dict[str, FieldKind] = {self.field: self.kind}
        if isinstance(self.value, Times):
            needs[self.value.field] = self.kind
        return needs

    def negated(self) -> "Test":
        """The opposite comparison; of a missing value it is false too."""
        return attrs.evolve(self, op=_OPPOSITE[self.op])


@attrs.frozen
class Every(Condition):
    """All of them hold.

    Attributes:
        parts: The conditions.

    >>> Every((F("orders") > 0, F("visits") > 0)) == (F("orders") > 0) & (F("visits") > 0)
    True
    """

    parts: tuple[Condition, ...]

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the parts read."""
        return merged(part.needs for part in self.parts)

    def negated(self) -> "Some":
        """One of them does not hold."""
        return Some(tuple(part.negated() for part in self.parts))


@attrs.frozen
class Some(Condition):
    """At least one of them holds.

    Attributes:
        parts: The conditions.

    >>> Some((F("orders") > 0, F("visits") > 0)) == (F("orders") > 0) | (F("visits") > 0)
    True
    """

    parts: tuple[Condition, ...]

    @property
    def needs(self) -> dict[str, FieldKind]:
        """What the parts read."""
        return merged(part.needs for part in self.parts)

    def negated(self) -> "Every":
        """None of them holds."""
        return Every(tuple(part.negated() for part in self.parts))


class F:
    """A field of the row, to write conditions with.

    Args:
        name: The column.

    >>> (F("region") == "华东") & (F("orders") >= 3)
    Every(parts=(Test(field='region', op='==', value='华东', kind='text'), \
Test(field='orders', op='>=', value=3.0, kind='number')))
    >>> ~F("email").is_missing()
    Test(field='email', op='present', value=None, kind='any')
    """

    __slots__ = ("name",)
    __hash__ = None  # type: ignore[assignment] # == makes a condition, so a field has no hash

    def __init__(self, name: str) -> None:
        """Name the column."""
        self.name = name

    def __eq__(self, other: object) -> Test:  # type: ignore[override] # a condition, not a bool
        """Equal to a value."""
        return self._test("==", other)

    def __ne__(self, other: object) -> Test:  # type: ignore[override] # a condition, not a bool
        """Known and not equal to a value."""
        return self._test("!=", other)

    def __lt__(self, other: "Atom | F | Times") -> Test:
        """Below."""
        return self._test("<", other)

    def __le__(self, other: "Atom | F | Times") -> Test:
        """At most."""
        return self._test("<=", other)

    def __gt__(self, other: "Atom | F | Times") -> Test:
        """Above."""
        return self._test(">", other)

    def __ge__(self, other: "Atom | F | Times") -> Test:
        """At least."""
        return self._test(">=", other)

    def __mul__(self, factor: float) -> Times:
        """Stand on the right side, times a factor."""
        return Times(self.name, float(factor))

    __rmul__ = __mul__

    def one_of(self, *values: Atom) -> Test:
        """Equal to one of the values."""
        atoms = tuple(_atom(v, self.name) for v in values)
        kinds = {_kind(a) for a in atoms}
        if len(kinds) != 1:
            msg = f"one_of on {self.name!r} needs values of one type, got {sorted(kinds)}"
            raise ConfigError(msg)
        return Test(self.name, "in", atoms, _kind(atoms[0]))

    def between(self, low: Atom, high: Atom) -> Every:
        """From ``low`` to ``high``, both included."""
        return (self >= low) & (self <= high)

    def is_missing(self) -> Test:
        """There is no value: null, NaN or empty text."""
        return Test(self.name, "missing")

    def is_present(self) -> Test:
        """There is a value."""
        return Test(self.name, "present")

    def _test(self, op: Op, other: object) -> Test:
        if isinstance(other, F):
            other = Times(other.name)
        if isinstance(other, Times):
            return Test(self.name, op, other, "number")
        atom = _atom(other, self.name)
        return Test(self.name, op, atom, _kind(atom))


def merged(needs: Iterable[dict[str, FieldKind]]) -> dict[str, FieldKind]:
    """Join what several rules read; ``any`` yields to a kind that says more.

    >>> merged([{"a": "any"}, {"a": "text"}])
    {'a': 'text'}
    """
    out: dict[str, FieldKind] = {}
    for part in needs:
        for name, kind in part.items():
            known = out.get(name, "any")
            if kind != "any" and known not in {"any", kind}:
                msg = f"field {name!r} is read as {known} in one place and as {kind} in another"
                raise ConfigError(msg)
            out[name] = known if kind == "any" else kind
    return out


def _parts(condition: Condition, joint: type[Every] | type[Some]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, joint) else (condition,)


def _atom(value: object, field: str) -> Atom:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | date):
        return value
    if isinstance(value, Real | Decimal) and value == value:  # noqa: PLR0124 - NaN test
        return float(value)
    msg = f"field {field!r} is compared with {type(value).__name__}; use a number, text or date"
    raise ConfigError(msg)


def _kind(atom: Atom) -> FieldKind:
    if isinstance(atom, str):
        return "text"
    return "day" if isinstance(atom, date) else "number"
