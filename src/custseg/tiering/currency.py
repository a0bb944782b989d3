"""In which currency are the cut points, and how is a row in another one compared?"""

from collections.abc import Mapping
from math import inf, nextafter
from typing import Any, cast

import attrs

from custseg.errors import ConfigError
from custseg.rules import Condition, F, Some


def _is_rate(given: object) -> bool:
    return isinstance(given, int | float) and 0 < given < inf


@attrs.frozen
class Currency:
    """The currency of cut points, and where a row says its own.

    Attributes:
        code: The currency of the points, as the data writes it.
        column: The column that says the currency of each row; ``None``: rows do not say theirs,
            and the code is only a note.
        rates: Worth of one unit of each other currency in this one: ``{"USD": 7.1}``. A row in a
            currency that is neither this one nor among these is in no class.

    Raises:
        ConfigError: The code is empty, a rate is not above 0, or there are rates without a column.

    >>> euro = Currency("EUR", "currency", {"USD": 0.9})
    >>> euro.codes
    ('EUR', 'USD')
    """

    code: str
    column: str | None = None
    rates: Mapping[str, float] = attrs.field(factory=dict[str, float], hash=False)

    def __attrs_post_init__(self) -> None:
        """Check the code and the rates."""
        code, given = cast("Any", self.code), cast("Mapping[str, Any]", self.rates)
        if not (isinstance(code, str) and code):
            msg = f"a currency needs a code, such as 'CNY', got {self.code!r}"
            raise ConfigError(msg)
        if wrong := {code: rate for code, rate in given.items() if not _is_rate(rate)}:
            msg = f"rates must be above 0 and finite, got {wrong}"
            raise ConfigError(msg)
        if self.rates and self.column is None:
            msg = f"rates for {sorted(self.rates)} need the column that says the currency of a row"
            raise ConfigError(msg)
        if self.rates.get(self.code, 1.0) != 1.0:
            msg = f"one {self.code} is one {self.code}: leave it out of the rates"
            raise ConfigError(msg)

    @property
    def codes(self) -> tuple[str, ...]:
        """The currencies that can be compared with the points."""
        return (self.code, *(code for code in self.rates if code != self.code))

    def spoken(self) -> Condition | None:
        """The condition that a row is in one of these currencies; ``None``: rows do not say.

        >>> Currency("EUR", "paid_in").spoken()
        Test(field='paid_in', op='in', value=('EUR',), kind='text')
        """
        return None if self.column is None else F(self.column).one_of(*self.codes)

    def foreign(self) -> Condition | None:
        """The condition that a row is in none of them, or does not say; ``None``: nobody says.

        >>> Currency("EUR").foreign()
        """
        if self.column is None:
            return None
        return F(self.column).is_missing() | ~F(self.column).one_of(*self.codes)

    def beyond(self, value: str, point: float, closed: str) -> Condition:
        """The condition that a row's value, in its own currency, is beyond a point.

        Args:
            value: The column that is compared.
            point: A cut point, in the currency of the cuts.
            closed: ``left``: a value on the point is beyond it; ``right``: it is not.

        >>> Currency("EUR").beyond("revenue", 100.0, "left")
        Test(field='revenue', op='>=', value=100.0, kind='number')
        """
        if self.column is None:
            return beyond(value, point, closed)
        here = F(self.column)
        points = {code: converted(point, self.rates.get(code, 1.0), closed) for code in self.codes}
        parts = tuple((here == code) & beyond(value, at, closed) for code, at in points.items())
        return parts[0] if len(parts) == 1 else Some(parts)


def spoken_of(given: Currency | str | None) -> Currency | None:
    """A currency as it was given, or by its code alone.

    Raises:
        ConfigError: It is neither.

    >>> spoken_of("CNY")
    Currency(code='CNY', column=None, rates={})
    """
    if isinstance(given, str):
        return Currency(given)
    check_currency(given)
    return given


def check_currency(given: object) -> None:
    """Refuse what is no currency.

    Raises:
        ConfigError: It is none.

    >>> check_currency(Currency("CNY"))
    """
    if given is not None and not isinstance(given, Currency):
        msg = f"a currency is Currency(code, column, rates), such as Currency('CNY'), got {given!r}"
        raise ConfigError(msg)


def beyond(value: str, point: float, closed: str) -> Condition:
    """The condition that a value is in a class above a point.

    Args:
        value: The column that is compared.
        point: The cut point.
        closed: ``left``: a value on the point is above it; ``right``: below.

    >>> beyond("revenue", 100.0, "right")
    Test(field='revenue', op='>', value=100.0, kind='number')
    """
    return F(value) >= point if closed == "left" else F(value) > point


def converted(point: float, rate: float, closed: str) -> float:
    """The point in another currency: a value is beyond it as its converted value is beyond ours.

    Args:
        point: A cut point.
        rate: Worth of one unit of the other currency.
        closed: The side that a value on the point is on.

    Returns:
        The least float whose product with the rate is beyond (``left``), or the greatest whose
        product is not (``right``).

    >>> converted(0.3, 0.1, "left") * 0.1 >= 0.3
    True
    """
    if rate == 1.0:
        return point
    at = point / rate
    if closed == "left":
        while at * rate >= point:
            at = nextafter(at, -inf)
        while at * rate < point:
            at = nextafter(at, inf)
        return at
    while at * rate <= point:
        at = nextafter(at, inf)
    while at * rate > point:
        at = nextafter(at, -inf)
    return at
