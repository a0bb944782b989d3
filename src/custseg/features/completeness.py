"""How much of what we want to know of a customer is filled in, and can be true."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.errors import ConfigError, DataError
from custseg.frames import Table, missing, scalar
from custseg.values import emails, junk, phones

Check = Literal["filled", "email", "phone"]

_FILLED: Final[Check] = "filled"
_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "filled": lambda text: junk.problem(text) is None,
    "email": lambda text: emails.read(text).valid,
    "phone": lambda text: phones.read(text).valid,
}
_USUAL: Final[dict[str, Check]] = {
    "email": "email",
    "mail": "email",
    "phone": "phone",
    "mobile": "phone",
    "tel": "phone",
}


def _not_negative(_: object, __: object, weights: Mapping[str, float]) -> None:
    wrong = [name for name, weight in weights.items() if not 0 <= weight < float("inf")]
    if wrong or (weights and not any(weights.values())):
        msg = f"weights must be 0 or more and not all 0; look at {wrong or sorted(weights)}"
        raise ConfigError(msg, "weights")


@attrs.frozen
class Completeness:
    """Which columns make a profile complete.

    A column counts where it is filled and valid: placeholders such as ``n/a`` are not filled, and
    an e-mail address or a phone number must be one.

    Attributes:
        weights: Weight of each column that counts. Without any, all columns of the customers but
            their id count the same.
        checks: What makes a column valid: ``filled``, ``email`` or ``phone``. By default by its
            name: ``email``, ``work_phone``, ``mobile``.

    Raises:
        ConfigError: A weight is below 0, or all are 0.

    >>> from custseg import frames
    >>> people = frames.table([{"name": "Li Lei", "email": "li@"}, {"name": None, "email": None}])
    >>> Completeness().of(people).tolist()
    [0.5, 0.0]
    >>> Completeness({"name": 3, "email": 1}).of(people).tolist()
    [0.75, 0.0]
    """

    weights: Mapping[str, float] = attrs.field(factory=dict[str, float], validator=_not_negative)
    checks: Mapping[str, Check] = attrs.field(factory=dict[str, Check])

    def of(self, table: Table[Any], columns: Iterable[str] | None = None) -> Floats:
        """Completeness of each row, 0 to 1.

        Args:
            table: The customers.
            columns: The columns that count where no weights are set; by default all.

        Raises:
            MissingColumnError: A column with a weight is not there.
        """
        default = dict.fromkeys(table.columns if columns is None else columns, 1.0)
        weights = {name: w for name, w in (self.weights or default).items() if w}
        if not weights:
            return np.zeros(table.size)
        table.require(weights)
        # Summed one column after the other, so a row's figure does not depend on other rows.
        total = np.zeros(table.size)
        for name, weight in weights.items():
            total += weight * valid(table, name, self.checks.get(name, usual_check(name)))
        return np.minimum(total / sum(weights.values()), 1.0)


def usual_check(column: str) -> Check:
    """The check that a column's name asks for.

    >>> usual_check("work_phone"), usual_check("telling_name")
    ('phone', 'filled')
    """
    parts = column.casefold().replace("-", "_").split("_")
    named: list[Check] = [_USUAL[part] for part in parts if part in _USUAL]
    return named[0] if named else "filled"


def valid(table: Table[Any], column: str, check: Check = "filled") -> Bools:
    """Whether each row of a column is filled and can be true.

    >>> from custseg import frames
    >>> valid(frames.table([{"a": "n/a"}, {"a": 0}]), "a").tolist()
    [False, True]
    """
    if check == "filled":
        try:
            numbers = table.read({column: "number"})[column]
        except DataError:
            pass  # not numbers: each distinct value is looked at
        else:
            return ~np.isnan(np.asarray(numbers, dtype=np.float64))
    distinct = table.values(column)
    good = [_good(value, check) for value in distinct.words]
    return np.array([*good, False], dtype=np.bool_)[distinct.at]


def _good(value: object, check: Check) -> bool:
    text = value if isinstance(value, str) or check == _FILLED else scalar.text(value)
    return _CHECKS[check](text) if isinstance(text, str) else not missing(value)
