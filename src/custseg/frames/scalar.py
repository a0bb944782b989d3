"""One record: values as they come, and rules compiled to plain Python closures."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import floor, nan
from operator import itemgetter
from typing import Any, Final, cast

from custseg._typing import Needs
from custseg.errors import DataError, MissingColumnError
from custseg.frames.staged import Held
from custseg.rules import (
    Bands,
    Choice,
    Condition,
    Every,
    Ladder,
    Line,
    Rule,
    Scaled,
    Slopes,
    Some,
    Sum,
    Test,
    Times,
)

EPOCH = date(1970, 1, 1).toordinal()
Row = Mapping[str, Any]
Compiled = Callable[[Row], Any]


def missing(value: object) -> bool:
    """Whether a value is null, NaN, NaT or empty text.

    >>> [missing(v) for v in (None, float("nan"), "", 0, False)]
    [True, True, True, False, False]
    """
    if value is None or (isinstance(value, str) and not value):
        return True
    if type(value).__name__ == "NAType":
        return True
    try:
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT differ from themselves
    except (TypeError, ValueError):
        return False
    except ArithmeticError:  # a signaling NaN refuses to be compared
        return True


_TEXT: Final = "holds text where a number is needed; convert the column first"
_FLAGS: Final = frozenset({"true", "false"})
_TRUTH: Final = (
    "holds true and false as texts, as a CSV does; compare with the text as it is written there, "
    "or convert the column first"
)


def number(value: Any) -> float:
    """A number as a float, NaN where missing; text is refused."""
    if isinstance(value, str):
        if not value:
            return nan
        raise DataError(_TRUTH if value.casefold() in _FLAGS else _TEXT)
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        if missing(value):
            return nan
        msg = f"holds {type(value).__name__} where a number is needed; convert the column first"
        raise DataError(msg) from error
    except OverflowError as error:
        msg = "holds a number beyond the range of floats; is it an id? read it as text"
        raise DataError(msg) from error


def day(value: Any) -> float:
    """A civil day as days since 1970-01-01, NaN where missing."""
    if missing(value):
        return nan
    if isinstance(value, date):
        return float(value.toordinal() - EPOCH)
    if isinstance(value, str):
        return float(iso_moment(value).toordinal() - EPOCH)
    if hasattr(value, "astype"):
        return float(value.astype("datetime64[D]").astype("int64"))
    msg = f"holds {type(value).__name__} where a day is needed; use a date or an ISO text"
    raise DataError(msg)


def iso_moment(text: str) -> datetime:
    """A moment written as ISO 8601; a typed error where it is not.

    >>> iso_moment("2026-06-30")
    datetime.datetime(2026, 6, 30, 0, 0)
    """
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as error:
        msg = "holds a date that cannot be read; write dates as YYYY-MM-DD"
        raise DataError(msg) from error


def text(value: Any) -> str | None:
    """A text, ``None`` where missing; whole numbers are written without a point."""
    if isinstance(value, str):
        return value or None
    if missing(value):
        return None
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()  # a numpy number spells itself as the Python one
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def spelled_float(word: str) -> float | None:
    """The float that ``text`` spells like this, ``None`` where there is none.

    >>> spelled_float("17"), spelled_float("17.0"), spelled_float("east")
    (17.0, None, None)
    """
    try:
        x = float(word)
    except ValueError:
        return None
    return x if text(x) == word else None


def present(value: Any) -> bool:
    """Whether there is a value."""
    return not missing(value)


READERS: dict[str, Callable[[Any], Any]] = {
    "number": number,
    "day": day,
    "text": text,
    "any": present,
}


def reader(needs: Needs) -> Callable[[Row], dict[str, Any]]:
    """A function that reads the columns of one record, each as its kind.

    Args:
        needs: Column -> kind.

    >>> reader({"x": "number"})({"x": "", "y": 1})
    {'x': nan}
    """
    readers = [(name, READERS[kind]) for name, kind in needs.items()]

    def run(record: Row) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for name, read in readers:
            try:
                row[name] = read(record[name])
            except KeyError:
                raise MissingColumnError(name, record) from None
            except DataError as error:
                raise DataError(error.message, name) from error
        return row

    return run


def compiled(rule: Rule) -> Compiled:
    """Compile a tree to a function of one read row; ``None`` is missing.

    >>> from custseg.rules import Bands
    >>> compiled(Bands("x", (1.0,), ("low", "high")))({"x": 1.0})
    'high'
    """
    return _COMPILERS[type(rule)](rule)


def _ladder(rule: Ladder) -> Compiled:
    steps = [(condition(c), value) for c, value in rule.steps]
    otherwise = rule.otherwise

    def run(row: Row) -> object:
        for holds, value in steps:
            if holds(row):
                return value
        return otherwise

    return run


def _bands(rule: Bands) -> Compiled:
    field, edges, values, lost = rule.field, rule.edges, rule.values, rule.missing
    find = bisect_right if rule.closed == "left" else bisect_left

    def run(row: Row) -> object:
        x = row[field]
        return lost if x != x else values[find(edges, x)]  # noqa: PLR0124 - NaN test

    return run


def _line(rule: Line) -> Compiled:
    field, lost = rule.field, float(rule.missing)
    along = _along(rule)

    def run(row: Row) -> float:
        x = row[field]
        return lost if x != x else along(x)  # noqa: PLR0124 - NaN test

    return run


def _slopes(rule: Slopes) -> Compiled:
    part = compiled(rule.part)
    along = _along(rule)

    def run(row: Row) -> float | None:
        x = part(row)
        return None if x is None else along(x)

    return run


def _along(rule: Line | Slopes) -> Callable[[float], float]:
    """The whole number at a place of a line, flat outside."""
    xs, ys, slopes = line_parts(rule)

    def at(x: float) -> float:
        if x < xs[0]:
            return ys[0]
        if x >= xs[-1]:
            return ys[-1]
        i = bisect_right(xs, x) - 1
        return float(floor(ys[i] + (x - xs[i]) * slopes[i] + 0.5))

    return at


def line_parts(rule: Line | Slopes) -> tuple[list[float], list[float], list[float]]:
    """Knots and slopes of a line, computed once so that each engine uses the same numbers."""
    xs = [float(x) for x, _ in rule.knots]
    ys = [float(y) for _, y in rule.knots]
    slopes = [(b - a) / (v - u) for a, b, u, v in zip(ys, ys[1:], xs, xs[1:], strict=False)]
    return xs, ys, slopes


def _choice(rule: Choice) -> Compiled:
    field, values, otherwise, lost = rule.field, dict(rule.values), rule.otherwise, rule.missing

    def run(row: Row) -> object:
        word = row[field]
        return lost if word is None else values.get(word, otherwise)

    return run


def _sum(rule: Sum) -> Compiled:
    parts = [compiled(part) for part in rule.parts]
    low, high = rule.low, rule.high

    def run(row: Row) -> float | None:
        total = 0.0
        for part in parts:
            worth = part(row)
            if worth is None:
                return None
            total += worth
        if low is not None and total < low:
            return float(low)
        return float(high) if high is not None and total > high else total

    return run


def _scaled(rule: Scaled) -> Compiled:
    part, divisor, edges, values = compiled(rule.part), rule.divisor, rule.edges, rule.values

    def run(row: Row) -> object:
        x = part(row)
        if x is None:
            return None
        return values[bisect_right(edges, x / divisor)] if values else x / divisor

    return run


def _held(rule: Held) -> Compiled:
    return itemgetter(rule.field)


_COMPILERS: dict[type, Callable[[Any], Compiled]] = {
    Held: _held,
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
}


def condition(rule: Condition) -> Callable[[Row], bool]:
    """Compile a condition to a function of one read row.

    >>> from custseg.rules import F
    >>> condition(F("x") > 3)({"x": 4.0})
    True
    """
    if isinstance(rule, Every):
        parts = [condition(part) for part in rule.parts]
        return lambda row: all(part(row) for part in parts)
    if isinstance(rule, Some):
        parts = [condition(part) for part in rule.parts]
        return lambda row: any(part(row) for part in parts)
    return _test(cast("Test", rule))


def _test(test: Test) -> Callable[[Row], bool]:
    field, op = test.field, test.op
    if op in {"missing", "present"}:
        wanted = op == "missing"
        return lambda row: _absent(row[field]) is wanted
    compare = _COMPARE[op]
    right = test.value
    if isinstance(right, Times):
        other, factor = right.field, right.factor
        return lambda row: compare(row[field], row[other] * factor)
    if isinstance(right, tuple):
        among = frozenset(atom(a) for a in right)
        return lambda row: compare(row[field], among)
    value = atom(right)
    return lambda row: compare(row[field], value)


def atom(value: object) -> object:
    """A rule's constant as the row holds it: days as numbers."""
    return float(value.toordinal() - EPOCH) if isinstance(value, date) else value


def _absent(value: object) -> bool:
    if value is True or value is False:
        return not value
    return value is None or value != value  # noqa: PLR0124 - NaN test


def _unlike(x: Any, y: Any) -> bool:
    return bool(x is not None and x == x and y == y and x != y)  # noqa: PLR0124 - NaN test


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda x, y: x == y,
    "!=": _unlike,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
    "in": lambda x, y: x in y,
    "not in": lambda x, y: not _absent(x) and x not in y,
}
