"""How many of each cohort will buy at the ages that follow?"""

from collections.abc import Iterator
from typing import Any, Final, Literal, Protocol, TypeAlias

import attrs
import numpy as np

from custseg._typing import Codes, Floats
from custseg.classify.flows.ages import Buying
from custseg.errors import NotEnoughDataError
from custseg.features.periods import whole
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table, percent, plain
from custseg.lifetime import BGBB, BGBBModel, ShiftedBetaGeometric, survivors
from custseg.lifetime.sbg import ShiftedBetaGeometricModel

Basis: TypeAlias = Literal["own", "all", "none"]
OWN_AGES: Final = 6
"""Ages from 1 on that must be over for a cohort to have a model of its own."""
OWN_CUSTOMERS: Final = 200
"""Customers that a cohort needs for a model of its own."""

_CHANCES: Final = 3  # two would show fewer patterns than the model has parameters
_REPEATERS: Final = 10


@attrs.frozen(eq=False)
class CohortProjection(Tabled):
    """Retention as it was, and as it is to be expected.

    Attributes:
        labels: The names of the cohorts' periods.
        observed: Shares in complete cells, cohorts x ages; NaN in all others.
        ahead: Shares to expect at the ages that follow the last complete one of each cohort,
            cohorts x periods; NaN where nothing can be said.
        basis: ``own`` where a cohort has a model of its own, ``all`` where the model of all
            cohorts together speaks, ``none`` where there are too few data for either.
        contract: Whether these are renewals of contracts.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> ahead = cs.classify.cohorts(log, unit="quarter", as_of="1998-03-31").project(1)
    >>> ahead.basis[0], ahead.ahead[0].round(3).tolist()
    ('own', [0.15])
    """

    labels: tuple[str, ...]
    observed: Floats
    ahead: Floats
    basis: tuple[Basis, ...]
    contract: bool
    like: Table[Any]

    @property
    def last(self) -> tuple[int, ...]:
        """The last complete age of each cohort; -1 where none is."""
        return tuple((np.isfinite(self.observed).sum(axis=1) - 1).tolist())

    @property
    def shares(self) -> Floats:
        """Observed and expected shares in one, cohorts x ages; NaN where nothing can be said."""
        size, periods = self.ahead.shape
        shares = np.full((size, self.observed.shape[1] + periods), np.nan)
        shares[:, : self.observed.shape[1]] = self.observed
        for i, last in enumerate(self.last):
            if last >= 0:
                shares[i, last + 1 : last + 1 + periods] = self.ahead[i]
        return shares

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a cohort and age of which something can be said: share, whether projected."""
        row, age = np.nonzero(np.isfinite(self.shares))
        return self.like.build(
            {
                "cohort": Codes(row, self.labels, plain=True),
                "age": age,
                "share": self.shares[row, age],
                "projected": age > np.array(self.last, dtype=np.int64)[row],
                "basis": Codes(row, self.basis, plain=True),
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "cohorts": list(self.labels),
            "observed": [plain(row) for row in self.observed],
            "ahead": [plain(row) for row in self.ahead],
            "basis": list(self.basis),
            "contract": self.contract,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the last complete age, its share, and what is expected."""
        return aligned(self._head(locale), self._rows(locale))

    def _head(self, locale: str) -> list[str]:
        names = ("cohort", "basis", "last_age", "share")
        steps = (f"+{step + 1}" for step in range(self.ahead.shape[1]))
        return [*(label(f"cohorts.{name}", locale) for name in names), *steps]

    def _rows(self, locale: str) -> Iterator[tuple[str, ...]]:
        for i, last in enumerate(self.last):
            if not np.isfinite(self.ahead[i]).any() and last < 0:
                continue
            basis = label(f"cohorts.basis_{self.basis[i]}", locale)
            now = percent(self.observed[i, last]) if last >= 0 else "-"
            yield self.labels[i], basis, str(last), now, *map(percent, self.ahead[i].tolist())

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(self._head(locale), self._rows(locale))


class _Way(Protocol):
    """How a cohort is learned from and looked ahead."""

    def fit(self, cohorts: list[int], /) -> Any:  # noqa: ANN401 - each way has a model of its own
        """Learn from some cohorts."""
        ...

    def ahead(self, model: Any, cohort: int, periods: int, /) -> Floats:  # noqa: ANN401
        """Shares at the ages that follow."""
        ...


def foreseen(buying: Buying, periods: int, *, contract: bool) -> tuple[Floats, tuple[Basis, ...]]:
    """Shares at the ages that follow the last complete one of each cohort, and by which model.

    Raises:
        ConfigError: There is no whole number of periods to look ahead.
    """
    whole(periods, "periods")
    way: _Way = _Renewals(buying) if contract else _Purchases(buying)
    size = len(buying.sizes)
    told = [i for i in range(size) if buying.last[i] >= 1 and buying.sizes[i]]
    together = _fitted(way, told) if told else None
    ahead, basis = np.full((size, periods), np.nan), list[Basis]()
    for i in range(size):
        rich = buying.last[i] >= OWN_AGES and buying.sizes[i] >= OWN_CUSTOMERS
        own = _fitted(way, [i]) if rich and len(told) > 1 else None
        model = own or together
        if model is None or buying.last[i] < 0 or not buying.sizes[i]:
            basis.append("none")
            continue
        basis.append("own" if own or told == [i] else "all")
        ahead[i] = way.ahead(model, i, periods)
    return ahead, tuple(basis)


def _fitted(way: _Way, cohorts: list[int]) -> Any:  # noqa: ANN401 - each way has a model of its own
    try:
        return way.fit(cohorts)
    except NotEnoughDataError:
        return None


@attrs.frozen
class _Purchases:
    """In a shop: at each age customers buy or do not, and leave unseen."""

    buying: Buying

    def fit(self, cohorts: list[int]) -> BGBBModel:
        """Learn from the patterns of some cohorts.

        Raises:
            NotEnoughDataError: They are too young, or too few have bought again.
        """
        rows = [row for i in cohorts for row in self._rows(i)]
        again = sum(row["n"] for row in rows if row["frequency"])
        if again < _REPEATERS or max(row["T"] for row in rows) < _CHANCES:
            msg = "needs three ages after the first that are over, and ten customers who came back"
            raise NotEnoughDataError(msg)
        return BGBB(weight="n", repeaters=1).fit(rows)

    def ahead(self, model: BGBBModel, cohort: int, periods: int) -> Floats:
        """Expected buyers at each age that follows, as shares."""
        rows = self._rows(cohort)
        many = np.array([row["n"] for row in rows], dtype=np.float64)
        found = [
            model.expected_purchases(rows, horizon=step + 1, start=step) for step in range(periods)
        ]
        return np.asarray(many @ np.stack(found, axis=1) / many.sum())

    def _rows(self, cohort: int) -> list[dict[str, int]]:
        last = int(self.buying.last[cohort])
        some = self.buying.patterns[self.buying.patterns[:, 0] == cohort]
        return [
            {"frequency": often, "recency": latest, "T": last, "n": count}
            for _, often, latest, count in some.tolist()
        ]


@attrs.frozen
class _Renewals:
    """Under contracts: whoever does not renew is gone."""

    buying: Buying

    def fit(self, cohorts: list[int]) -> ShiftedBetaGeometricModel:
        """Learn from who is left in some cohorts."""
        rows = [row for i in cohorts for row in survivors(self._left(i))]
        return ShiftedBetaGeometric(weight="customers").fit(rows)

    def ahead(self, model: ShiftedBetaGeometricModel, cohort: int, periods: int) -> Floats:
        """Who is left at each age that follows, as shares."""
        last = int(self.buying.last[cohort])
        later = model.survival(list(range(last + 1, last + 1 + periods)))
        now = model.survival([last])
        return np.asarray(self._left(cohort)[-1] / self.buying.sizes[cohort] * later / now)

    def _left(self, cohort: int) -> list[float]:
        left: list[float] = self.buying.unbroken[cohort, : self.buying.last[cohort] + 1].tolist()
        return left
