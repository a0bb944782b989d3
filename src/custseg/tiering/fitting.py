"""Which cut points does a table imply?"""

from contextlib import suppress
from datetime import date
from typing import Any, Final, Literal, TypeAlias, TypedDict, Unpack, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Index, Kind
from custseg.errors import ConfigError, DataError, NotEnoughDataError, did_you_mean
from custseg.features.daynumbers import as_date
from custseg.tiering.apart import NUMBER, Apart, expanded
from custseg.tiering.currency import Currency
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.groups import GroupCuts
from custseg.tiering.inplace import InPlace, cut_in_place, latest
from custseg.tiering.settings import check_cutter, check_word

Policy: TypeAlias = Literal["keep", "own", "refuse"]
POLICIES: Final = ("keep", "own", "refuse")
_LEAST = 30
_NEED_ROWS = ("by", "weight", "currency")  # more than one column is looked at
_DAY = "as_of"
_TINY = float(np.nextafter(0.0, 1.0))  # the smallest value above 0


class Reading(TypedDict, total=False):
    """How the values of a table are read before they are cut.

    Attributes:
        by: Column of the group; each group gets cut points of its own.
        weight: Column of the weight of each row; a row without one counts as missing.
        refunds: What becomes of values below 0: ``keep`` them as they are, give them a class of
            their ``own`` below the others, or ``refuse`` them.
        zero: The same of values of 0; in a class of their own, values below 0 are there, too,
            unless those have one.
        currency: Column of the currency of each row, or a ``Currency`` with a column and rates.
        least: Customers that a group needs for cut points of its own; 30 if not said.
    """

    by: str | None
    weight: str | None
    refunds: Policy
    zero: Policy
    currency: str | Currency | None
    least: int


@attrs.frozen(eq=False)
class _Sample:
    """Values, weights, currency and day of some rows."""

    column: str
    values: Floats
    weights: Floats | None = None
    currency: Currency | None = None
    as_of: date | None = None

    def of(self, rows: Bools | Index) -> "_Sample":
        """The same of some rows."""
        weights = None if self.weights is None else self.weights[rows]
        return attrs.evolve(self, values=self.values[rows], weights=weights)


def fitted(cutter: Cutter, data: object, *, value: str, **how: Unpack[Reading]) -> Cuts | GroupCuts:
    """Choose the cut points that a table implies, and note what they were learnt from.

    Args:
        cutter: Where to cut.
        data: One row a customer; a cutter that does not learn (``Thresholds``) leaves it unread,
            unless rows are to be refused or their currency is to be found.
        value: The column that is cut.
        **how: ``by`` (column of the group: each gets cut points of its own), ``weight`` (column),
            ``refunds`` and ``zero`` (values below 0, and of 0: ``keep``, ``own``, ``refuse``),
            ``currency`` (column, or a ``Currency`` with a column and rates), ``least`` (customers
            that a group needs for cut points of its own; the others use those of all; 30 if not
            said).

    Returns:
        The cut points: ``GroupCuts`` where ``by`` is given and the cutter learns, else ``Cuts``.

    Raises:
        NotEnoughDataError: No value is there to choose cut points from.
        DataError: A value is infinite, the column is not a number, values below 0 or of 0 are
            refused, a weight is below 0, or several currencies occur without rates.
        MissingColumnError: There is no such column.
        ConfigError: The cutter cannot use weights, or a setting is unknown or impossible.

    >>> from custseg.tiering import Quantiles
    >>> fitted(Quantiles((0.5,)), [{"spent": 10}, {"spent": 30}, {"spent": 20}], value="spent")
    Cuts(points=(20.0,), closed='right')
    """
    check_cutter(cutter)
    _check(value, how)
    learns = getattr(cutter, "learns", True)
    money, asked = how.get("currency"), {how.get("refunds", "keep"), how.get("zero", "keep")}
    if not learns and asked <= {"keep", "own"} and not isinstance(money, str):
        return _apart(attrs.evolve(cutter.cuts(np.empty(0)), currency=money), how)
    alone = asked == {"keep"} and not any(how.get(name) for name in _NEED_ROWS)
    if alone and learns and (there := cut_in_place(cutter, data, value)) is not None:
        return there
    if learns and (apart := _there(cutter, frames.table(data), value, how)) is not None:
        return apart
    sample, groups = _read(data, value, how)
    whole = _cut(cutter, sample, how)
    if groups is None or not learns:
        return whole
    return GroupCuts(cast("str", how.get("by")), _by_group(cutter, sample, groups, how), whole)


def _there(
    cutter: Cutter, table: frames.Table[Any], value: str, how: Reading
) -> Cuts | GroupCuts | None:
    """The cut points of a lazy table by aggregates; ``None`` where its rows are counted."""
    by, words = how.get("by"), {name: how.get(name, "keep") for name in ("refunds", "zero")}
    if (
        not table.lazy
        or not isinstance(cutter, InPlace)
        or how.get("weight")
        or how.get("currency")
    ):
        return None
    asked = {word: frozenset(n for n, said in words.items() if said == word) for word in POLICIES}
    apart = Apart(cutter, value, asked["refuse"], asked["own"], lambda made: _apart(made, how))
    table.require(name for name in (value, by) if name)
    if by is None:
        return apart.whole(table, latest(table, value))
    return apart.by_group(table, by, max(how.get("least", _LEAST), 1))


def _check(value: str, how: Reading) -> None:
    """Refuse what is asked of no reading, and a column that is to be read as two things."""
    known = Reading.__annotations__
    for name in set(how) - set(known):
        msg = f"no setting {name!r}; there are {list(known)}.{did_you_mean(name, known)}"
        raise ConfigError(msg)
    for name in ("refunds", "zero"):
        check_word(name, cast("str", how.get(name, "keep")), POLICIES)
    least, money = cast("Any", how.get("least", _LEAST)), how.get("currency")
    if not isinstance(least, int) or isinstance(least, bool):
        msg = f"least must be a whole number of customers, got {least!r}"
        raise ConfigError(msg)
    said = money if isinstance(money, str) else money and money.column
    if twice := {value, how.get("weight")} & {how.get("by"), said} - {None}:
        msg = f"{sorted(map(str, twice))} would be read as numbers and as words at once"
        raise ConfigError(msg)


def _by_group(cutter: Cutter, sample: _Sample, groups: Codes, how: Reading) -> dict[str, Cuts]:
    """The cut points of each group that is large enough and implies some."""
    least = max(how.get("least", _LEAST), 1)
    order = np.argsort(groups.at, kind="stable")
    ends = np.searchsorted(groups.at[order], np.arange(len(groups.words) + 1))
    own = dict[str, Cuts]()
    for code, name in sorted(enumerate(groups.words), key=lambda pair: pair[1]):
        part = sample.of(order[ends[code] : ends[code + 1]])
        if int(np.count_nonzero(~np.isnan(part.values))) >= least:
            with suppress(NotEnoughDataError):
                own[name] = _cut(cutter, part, how)
    return own


def _read(data: object, value: str, how: Reading) -> tuple[_Sample, Codes | None]:
    by, weight, money = how.get("by"), how.get("weight"), how.get("currency")
    said = money.column if isinstance(money, Currency) else money
    kinds: dict[str, Kind] = {value: "number"}
    kinds.update({name: "number" for name in (weight,) if name})
    kinds.update({name: "text" for name in (by, said) if name})
    opened = frames.table(data)
    opened.require(kinds)
    dated = _DAY in opened.columns and _DAY not in kinds
    away = opened.lazy and NUMBER not in kinds
    table = opened if away else opened.select((*kinds, _DAY) if dated else kinds)
    read = expanded(table, kinds) if away else cast("dict[str, Any]", table.read(kinds))
    weights = None if weight is None else _weights(read[weight], weight)
    values, currency = read[value], money if isinstance(money, Currency) else None
    if weights is not None:
        values = np.where(np.isnan(weights), np.nan, values)
        weights = np.where(np.isnan(weights), 0.0, weights)
    if said is not None:
        values, currency = _one_currency(values, read[said], said, currency)
    as_of = (latest(table, value) if away else _latest(table)) if dated else None
    return _Sample(value, values, weights, currency, as_of), read[by] if by else None


def _latest(table: frames.Table[Any]) -> date | None:
    """The day of the rows; a column of that name that holds no days says nothing."""
    with suppress(DataError):
        days = cast("Floats", table.read({_DAY: "day"})[_DAY])
        if not np.isnan(days).all():
            return as_date(np.nanmax(days))
    return None


def _weights(given: Floats, column: str) -> Floats:
    if (given < 0).any() or np.isinf(given).any():
        msg = "weights must be finite and not below 0"
        raise DataError(msg, column)
    return given


def _one_currency(
    values: Floats, said: Codes, column: str, given: Currency | None
) -> tuple[Floats, Currency]:
    """Values in one currency; those of rows without a known currency are left out."""
    held = cast("list[int]", np.unique(said.at[~np.isnan(values)]).tolist())
    there = sorted(said.words[i] for i in held if i >= 0)
    if given is None and len(there) > 1:
        msg = (
            f"holds the currencies {there}, and amounts of different currencies cannot be "
            "compared; give rates for those that are not yours: Currency(code, column, rates)"
        )
        raise DataError(msg, column)
    if given is None and not there:
        msg = f"column {column!r} says the currency of no value; give a Currency with its code"
        raise NotEnoughDataError(msg)
    currency = given or Currency(there[0], column)
    if unknown := sorted(set(there) - set(currency.codes)):
        msg = f"holds amounts in {unknown}; give the worth of {unknown} in {currency.code} as rates"
        raise DataError(msg, column)
    worth = [currency.rates.get(word, 1.0) for word in said.words]
    return values * np.array([*worth, np.nan])[said.at], currency


def _cut(cutter: Cutter, sample: _Sample, how: Reading) -> Cuts:
    given = sample
    below, none = sample.values < 0, sample.values == 0
    for name, hit, what in (("refunds", below, "below 0"), ("zero", none, "0")):
        if how.get(name) == "refuse" and hit.any():
            msg = (
                f"{int(hit.sum())} values are {what}; keep them, or give them a class of their own"
            )
            raise DataError(msg, sample.column)
    if how.get("zero") == "own":
        sample = sample.of(~(below | none))
    elif how.get("refunds") == "own":
        sample = sample.of(~below)
    try:
        made = _weighed(cutter, sample)
    except DataError as error:
        raise DataError(error.message, sample.column, error.row) from error
    except NotEnoughDataError as error:
        msg = f"column {sample.column!r}: {error}"
        raise NotEnoughDataError(msg) from error
    made = _apart(made, how).counted(given.values, given.weights, as_of=given.as_of)
    return attrs.evolve(made, currency=sample.currency or made.currency)


def _apart(made: Cuts, how: Reading) -> Cuts:
    """Classes of their own below the others, for values below 0 and for values of 0."""
    left = made.closed == "left"
    below = {"negative": 0.0 if left else -_TINY} if how.get("refunds") == "own" else {}
    none = {"zero": _TINY if left else 0.0} if how.get("zero") == "own" else {}
    own = {**below, **none}
    if not own:
        return made
    highest = max(own.values())
    points = (*own.values(), *(max(point, highest) for point in made.points))
    return attrs.evolve(made, points=points, labels=(*own, *made.words()))


def _weighed(cutter: Any, sample: _Sample) -> Cuts:  # noqa: ANN401 - a cutter that may weigh
    if sample.weights is None:
        return cast("Cuts", cutter.cuts(sample.values))
    if not getattr(cutter, "weighs", False):
        msg = f"{type(cutter).__name__} does not use weights; leave weight out"
        raise ConfigError(msg)
    return cast("Cuts", cutter.cuts(sample.values, sample.weights))
