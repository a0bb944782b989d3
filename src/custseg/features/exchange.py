"""Amounts of several currencies in the company's own, by given rates or not at all."""

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index, Ints
from custseg.errors import DataError
from custseg.features.conventions import Conventions, currency_code
from custseg.features.events import Sieve, Source


@attrs.frozen(eq=False)
class Exchange:
    """What each row's money is worth in the company's.

    Attributes:
        at: Currency of each row, -1 for the company's own.
        rates: Worth of one unit of each currency.
    """

    at: Index
    rates: Floats

    def convert(self, units: Ints) -> Ints:
        """Amounts in the company's money; its own stay as they are, to the last digit."""
        rates = np.append(self.rates, 1.0)[self.at]
        converted = np.rint(units * rates).astype(np.int64)
        return np.where(rates == 1.0, units, converted)

    def take(self, rows: Index | None) -> "Exchange":
        """At some rows; all of them where ``None``."""
        return self if rows is None else Exchange(self.at[rows], self.rates)


def exchange_of(source: Source, sieve: Sieve) -> Exchange | None:
    """The rates of every row that counts, ``None`` where all are in the company's money.

    Raises:
        DataError: There are several currencies and no rates for them.
    """
    if not source.has("currency"):
        return None
    column = source.columns["currency"]
    codes = source.text("currency")
    at = codes.at if sieve.kept is None else codes.at[sieve.kept]
    sieve.note("currency_assumed", int(np.count_nonzero(at < 0)))
    present = np.flatnonzero(np.bincount(at[at >= 0], minlength=len(codes.words)))
    seen = {currency_code(codes.words[i]) for i in present.tolist()}
    home = _home(seen, source.conventions, column)
    if seen <= {home}:
        return None
    rates = _rates(codes, home, source.conventions)
    foreign = np.append(rates != 1.0, np.False_)[at]
    sieve.note("currency_converted", int(np.count_nonzero(foreign)))
    return Exchange(codes.at, rates)


def several(seen: set[str], column: str) -> DataError:
    """The error that nobody says which of several currencies is the company's."""
    msg = (
        f"holds amounts in several currencies, {sorted(seen)}; say which is the company's "
        "and what the others are worth: Conventions(currency=..., rates={...}), in a job file "
        "under [conventions]"
    )
    return DataError(msg, column)


def _home(seen: set[str], conventions: Conventions, column: str) -> str | None:
    home = conventions.currency
    if home is None and len(seen) > 1:
        raise several(seen, column)
    home = home or next(iter(seen), None)
    if unknown := sorted(seen - {home} - set(conventions.rates)):
        msg = (
            f"holds amounts in {unknown}, and there is no rate to {home} for them; "
            "add one to Conventions(rates={...}), in a job file under [conventions], or leave "
            "these rows out"
        )
        raise DataError(msg, column)
    return home


def _rates(codes: Codes, home: str | None, conventions: Conventions) -> Floats:
    names = [currency_code(word) for word in codes.words]
    return np.array([1.0 if n == home else conventions.rates.get(n, 1.0) for n in names])
