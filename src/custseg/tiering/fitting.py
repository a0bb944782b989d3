"""Which cut points does a table imply?"""

from typing import Any, Literal, TypeAlias, TypedDict, Unpack, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Kind
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering.currency import Currency
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.groups import GroupCuts
from custseg.tiering.settings import check_word

Policy: TypeAlias = Literal["keep", "own", "refuse"]
_POLICIES = ("keep", "own", "refuse")
_LEAST = 30


class Reading(TypedDict, total=False):
    """How the values of a table are read before they are cut.

    Attributes:
        by: Column of the group; each group gets cut points of its own.
        weight: Column of the weight of each row.
        refunds: What becomes of values below 0: ``keep`` them as they are, give them a class of
            their ``own`` below the others, or ``refuse`` them.
        currency: Column of the currency of each row, or a ``Currency`` with a column and rates.
        least: Customers that a group needs for cut points of its own; 30 if not said.
    """

    by: str | None
    weight: str | None
    refunds: Policy
    currency: str | Currency | None
    least: int


@attrs.frozen(eq=False)
class _Sample:
    """Values, weights and currency of some rows."""

    column: str
    values: Floats
    weights: Floats | None
    currency: Currency | None

    def of(self, rows: Bools) -> "_Sample":
        """The same of some rows."""
        weights = None if self.weights is None else self.weights[rows]
        return attrs.evolve(self, values=self.values[rows], weights=weights)


def fitted(cutter: Cutter, data: object, *, value: str, **how: Unpack[Reading]) -> Cuts | GroupCuts:
    """Choose the cut points that a table implies.

    Args:
        cutter: Where to cut.
        data: One row a customer; a cutter that does not learn (``Thresholds``) leaves it unread.
        value: The column that is cut.
        **how: ``by`` (column of the group: each gets cut points of its own), ``weight`` (column),
            ``refunds`` (values below 0: ``keep``, ``own``, ``refuse``), ``currency`` (column, or a
            ``Currency`` with a column and rates), ``least`` (customers that a group needs for
            cut points of its own; the others use those of all; 30 if not said).

    Returns:
        The cut points: ``GroupCuts`` where ``by`` is given and the cutter learns, else ``Cuts``.

    Raises:
        NotEnoughDataError: No value is there to choose cut points from.
        DataError: A value is infinite, the column is not a number, values below 0 are refused, a
            weight is below 0, or several currencies occur without rates.
        MissingColumnError: There is no such column.
        ConfigError: The cutter cannot use weights, or a policy is unknown.

    >>> from custseg.tiering import Quantiles
    >>> fitted(Quantiles((0.5,)), [{"spent": 10}, {"spent": 30}, {"spent": 20}], value="spent")
    Cuts(points=(20.0,), closed='right')
    """
    check_word("refunds", how.get("refunds", "keep"), _POLICIES)
    if not getattr(cutter, "learns", True):
        return cutter.cuts(np.empty(0))
    sample, groups = _read(data, value, how)
    whole = _cut(cutter, sample, how)
    if groups is None:
        return whole
    least, own = how.get("least", _LEAST), dict[str, Cuts]()
    for code, name in sorted(enumerate(groups.words), key=lambda pair: pair[1]):
        part = sample.of(groups.at == code)
        if int(np.count_nonzero(~np.isnan(part.values))) >= max(least, 1):
            own[name] = _cut(cutter, part, how)
    return GroupCuts(cast("str", how.get("by")), own, whole)


def _read(data: object, value: str, how: Reading) -> tuple[_Sample, Codes | None]:
    by, weight, money = how.get("by"), how.get("weight"), how.get("currency")
    said = money.column if isinstance(money, Currency) else money
    kinds: dict[str, Kind] = {value: "number"}
    kinds.update({name: "number" for name in (weight,) if name})
    kinds.update({name: "text" for name in (by, said) if name})
    read = cast("dict[str, Any]", frames.table(data).select(kinds).read(kinds))
    weights = None if weight is None else _weights(read[weight], weight)
    values, currency = read[value], money if isinstance(money, Currency) else None
    if said is not None:
        values, currency = _one_currency(values, read[said], said, currency)
    return _Sample(value, values, weights, currency), read[by] if by else None


def _weights(given: Floats, column: str) -> Floats:
    if (given < 0).any() or np.isinf(given).any():
        msg = "weights must be finite and not below 0"
        raise DataError(msg, column)
    return np.where(np.isnan(given), 0.0, given)


def _one_currency(
    values: Floats, said: Codes, column: str, given: Currency | None
) -> tuple[Floats, Currency]:
    """Values in one currency; those of rows without a known currency are left out."""
    there = [said.words[i] for i in np.unique(said.at[~np.isnan(values)]).tolist() if i >= 0]
    currency = given or Currency(there[0] if len(there) == 1 else "?", column)
    if unknown := sorted(set(there) - set(currency.codes)):
        msg = (
            f"holds the currencies {there}, and amounts of different currencies cannot be "
            f"compared; give the worth of {unknown} as rates: Currency(code, column, rates)"
        )
        raise DataError(msg, column)
    worth = [currency.rates.get(word, 1.0) for word in said.words]
    return values * np.array([*worth, np.nan])[said.at], currency


def _cut(cutter: Cutter, sample: _Sample, how: Reading) -> Cuts:
    values, refunds = sample.values, how.get("refunds", "keep")
    below = values < 0
    if refunds == "refuse" and below.any():
        msg = f"{int(below.sum())} values are below 0; keep them, or give them a class of their own"
        raise DataError(msg, sample.column)
    if refunds == "own":
        sample = sample.of(~below)
    try:
        made = _weighed(cutter, sample)
    except DataError as error:
        raise DataError(error.message, sample.column, error.row) from error
    except NotEnoughDataError as error:
        msg = f"column {sample.column!r}: {error}"
        raise NotEnoughDataError(msg) from error
    if refunds == "own":
        zero = 0.0 if made.closed == "left" else float(np.nextafter(0.0, -1.0))
        points = (zero, *(max(point, zero) for point in made.points))
        made = attrs.evolve(made, points=points, labels=())
    return made if sample.currency is None else attrs.evolve(made, currency=sample.currency)


def _weighed(cutter: Any, sample: _Sample) -> Cuts:  # noqa: ANN401 - a cutter that may weigh
    if sample.weights is None:
        return cast("Cuts", cutter.cuts(sample.values))
    if not getattr(cutter, "weighs", False):
        msg = f"{type(cutter).__name__} does not use weights; leave weight out"
        raise ConfigError(msg)
    return cast("Cuts", cutter.cuts(sample.values, sample.weights))
