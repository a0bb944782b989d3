"""Which tests of a condition hold of one record, in words?"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from custseg.frames.scalar import condition
from custseg.reasons import Reason
from custseg.rules import Condition, Every, Some, Test, Times

_CODES: Final = {
    "==": "test.equal",
    "!=": "test.unequal",
    "<": "test.below",
    "<=": "test.at_most",
    ">": "test.above",
    ">=": "test.at_least",
    "in": "test.one_of",
    "not in": "test.none_of",
    "missing": "test.missing",
    "present": "test.present",
}
"""Each comparison and the code of its sentence."""

_MANY: Final = 12


def grounds(rule: Condition, row: Mapping[str, Any]) -> Iterator[Reason]:
    """The tests that make a condition true, of one row that was read.

    Args:
        rule: A condition that holds.
        row: The fields, as ``RowModel.one`` reads them.

    >>> from custseg.rules import F
    >>> rule = (F("orders") >= 3) & ((F("visits") > 9) | (F("calls") > 0))
    >>> [why.text() for why in grounds(rule, {"orders": 4.0, "visits": 2.0, "calls": 1.0})]
    ['orders is 3 or more', 'calls is above 0']
    """
    if isinstance(rule, Every):
        for part in rule.parts:
            yield from grounds(part, row)
    elif isinstance(rule, Some):
        holds = next((part for part in rule.parts if condition(part)(row)), None)
        if holds is not None:
            yield from grounds(holds, row)
    elif isinstance(rule, Test):
        yield said(rule)


def said(test: Test) -> Reason:
    """One test as a reason; what it compares with is a constant of the rule.

    >>> from custseg.rules import F
    >>> said(F("region").one_of("north", "south")).text("zh")
    '地区是其中之一：north, south'
    """
    value = test.value
    if isinstance(value, Times):
        settings = {"field": test.field, "other": value.field, "factor": value.factor}
        return Reason(f"{_CODES[test.op]}_times", settings)
    if isinstance(value, tuple):
        shown = [str(v) for v in value[:_MANY]]
        words = ", ".join([*shown, "…"] if len(value) > _MANY else shown)
        return Reason(_CODES[test.op], {"field": test.field, "value": words})
    plain = value if isinstance(value, str | int | float) else str(value)
    settings = {"field": test.field} if value is None else {"field": test.field, "value": plain}
    return Reason(_CODES[test.op], settings)
