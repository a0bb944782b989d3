"""A churn report: how good it is, who is listed, of what value, and why."""

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Index
from custseg.classify.churn.listed import Listed, LossSum, withheld
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.notes import verdict
from custseg.classify.flows.layout import aligned, percent, plain
from custseg.features.ids import Ids
from custseg.frames import Table
from custseg.labels import label, title
from custseg.reasons import Reason, html_table

_FEWEST: Final = 5  # the money of fewer customers would tell what one of them spent
_HIDDEN: Final = "…"
_SUMS: Final = ("customers", "value", "value_at_risk")
_ROWS: Final = ("lifecycle_state", "p_no_purchase", "value", "value_at_risk", "churn_reasons")


@attrs.frozen(eq=False)
class ChurnReport:
    """Who is at risk or has just fallen dormant, of what value, and why.

    Attributes:
        as_of: The day, to its end.
        horizon: Days within which no purchase counts as a loss.
        value: What customers are worth: name of the column.
        signal: The signal that probabilities come from, ``None`` where there is none.
        calibrated: Whether they are how often such customers were lost in the backtest.
        backtest: The backtest, ``None`` where the data left no day for one.
        known: Customers who have bought, listed or not.
        listed: Those listed, the greatest loss first.
        ids: The ids of all customers.
        codes: The code of each that is listed.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
    >>> log = cs.TransactionLog.of(orders)
    >>> report = cs.classify.churn_report(log, as_of="2026-06-30")
    >>> report.table[0]["churn_group"], report.table[0]["churn_reason"]
    ('at_risk', 'why_unknown')
    """

    as_of: date
    horizon: int
    value: str
    signal: str | None
    calibrated: bool
    backtest: Backtest | None
    known: int
    listed: Listed
    ids: Ids
    codes: Index
    like: Table[Any]

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a customer listed, with all figures; see ``calls`` for whom to contact."""
        return self._build(np.arange(len(self.listed)))

    @property
    def calls(self) -> Any:  # noqa: ANN401 - the caller's kind
        """Those of them who may be contacted, the greatest loss first."""
        return self._build(np.flatnonzero(self.listed.may))

    @property
    def withheld(self) -> Mapping[str, int]:
        """Customers listed who must not be contacted, by reason."""
        return withheld(self.listed)

    @property
    def counts(self) -> Mapping[str, int]:
        """Customers at risk and fallen dormant."""
        return {word: one.customers for word, one in self.listed.sums(self.listed.group).items()}

    @property
    def total(self) -> LossSum:
        """All customers listed."""
        return self.listed.total()

    @property
    def by_reason(self) -> Mapping[str, LossSum]:
        """Sums by the weightiest reason; together they are the total."""
        return self.listed.sums(self.listed.evidence.main)

    @property
    def by_value(self) -> Mapping[str, LossSum]:
        """Sums by value; together they are the total."""
        return self.listed.sums(self.listed.band)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """How good the probabilities are, and what is not known."""
        notes = [*verdict(self.backtest, self.signal, calibrated=self.calibrated)]
        unvalued = self.total.customers - self.total.known
        if unvalued:
            notes.append(Reason("churn.unvalued", {"customers": unvalued, "value": self.value}))
        return tuple(notes)

    @property
    def head(self) -> Reason:
        """Who is listed."""
        return Reason(
            "churn.report",
            {
                "as_of": self.as_of.isoformat(),
                "listed": len(self.listed),
                "known": self.known,
                "at_risk": self.counts.get("at_risk", 0),
                "fallen": self.counts.get("fallen", 0),
                "horizon": self.horizon,
            },
        )

    def as_dict(self, *, values: bool = False, limit: int | None = None) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Whether to show what is known of single customers.
            limit: How many customers to list; ``None`` for all.
        """
        return {
            "as_of": self.as_of.isoformat(),
            "horizon": self.horizon,
            "value": self.value,
            "signal": self.signal,
            "calibrated": self.calibrated,
            "head": self.head.as_dict(),
            "notes": [note.as_dict() for note in self.notes],
            "total": self.total.as_dict(),
            "by_reason": {code: one.as_dict() for code, one in self.by_reason.items()},
            "by_value": {code: one.as_dict() for code, one in self.by_value.items()},
            "withheld": dict(self.withheld),
            "customers": [self._record(row, values=values) for row in self._rows(limit)],
            "backtest": None if self.backtest is None else self.backtest.as_dict(),
        }

    def text(self, locale: str = "en", *, values: bool = False, limit: int = 20) -> str:
        """Lines to read: how good it is, sums, and the customers of the greatest loss.

        Args:
            locale: ``en`` or ``zh``.
            values: Whether to show what is known of single customers.
            limit: How many customers to list.
        """
        parts = ["\n".join(each.text(locale) for each in (self.head, *self.notes))]
        for name, sums in (("churn_reason", self.by_reason), ("value", self.by_value)):
            if sums:
                parts.append(aligned(_sums_head(name, locale), self._sums(sums, locale, values)))
        if len(self.listed):
            parts.append(self._people(locale, values=values, limit=limit))
        return "\n\n".join(parts)

    def html(self, locale: str = "en", *, values: bool = False, limit: int = 20) -> str:
        """The same as a piece of HTML; every word of the data is escaped.

        Args:
            locale: ``en`` or ``zh``.
            values: Whether to show what is known of single customers.
            limit: How many customers to list.
        """
        said = "".join(f"<p>{escape(r.text(locale))}</p>" for r in (self.head, *self.notes))
        parts = [said]
        for name, sums in (("churn_reason", self.by_reason), ("value", self.by_value)):
            parts.append(html_table(_sums_head(name, locale), self._sums(sums, locale, values)))
        heads = (self.ids.column, *(title(name, locale) for name in _ROWS))
        lines = (self._line(row, locale, values=values) for row in self._rows(limit))
        return "".join((*parts, html_table(heads, lines)))

    def _repr_html_(self) -> str:
        return self.html()

    def _build(self, rows: Index) -> Any:  # noqa: ANN401 - the caller's kind
        ids = {self.ids.column: self.ids.take(self.codes[rows])}
        return self.like.build(self.listed.take(rows).columns(ids))

    def _rows(self, limit: int | None) -> range:
        every = len(self.listed)
        return range(every if limit is None else min(limit, every))

    def _record(self, row: int, *, values: bool) -> dict[str, object]:
        some = self.listed
        told: dict[str, object] = {
            "customer": some.names[row],
            "group": some.group.words[some.group.at[row]],
            "state": some.state.words[some.state.at[row]],
            "contact": some.contact.words[some.contact.at[row]],
            "reasons": [why.as_dict(values=values) for why in some.evidence.reasons(row)],
        }
        told["p_no_purchase"] = plain([some.chance[row]])[0]
        if values:
            one = some.total(np.arange(len(some)) == row)
            told["value"] = one.value if one.known else None
            told["value_at_risk"] = one.at_risk if some.told[row] else None
        return told

    def _sums(
        self,
        sums: Mapping[str, LossSum],
        locale: str,
        values: bool,  # noqa: FBT001 - handed on
    ) -> Iterator[tuple[str, ...]]:
        every: dict[str, LossSum] = {**sums, "all_listed": self.total}
        for code, one in every.items():
            shown = values or one.known >= _FEWEST
            money = [f"{a:,.0f}" if shown else _HIDDEN for a in (one.value, one.at_risk)]
            yield label(code, locale), f"{one.customers:,}", *money

    def _people(self, locale: str, *, values: bool, limit: int) -> str:
        heads = (self.ids.column, *(title(name, locale) for name in _ROWS))
        lines = [self._line(row, locale, values=values) for row in self._rows(limit)]
        return aligned(heads, lines)

    def _line(self, row: int, locale: str, *, values: bool) -> tuple[str, ...]:
        some = self.listed
        state = label(some.state.words[int(some.state.at[row])], locale)
        reasons = "; ".join(r.text(locale, values=values) for r in some.evidence.reasons(row))
        chance = percent(float(some.chance[row]))
        if not values:
            return some.names[row], state, chance, _HIDDEN, _HIDDEN, reasons
        told = some.total(np.arange(len(some)) == row)
        value = f"{told.value:,.2f}" if told.known else "-"
        risk = f"{told.at_risk:,.2f}" if some.told[row] else "-"
        return some.names[row], state, chance, value, risk, reasons


def _sums_head(name: str, locale: str) -> tuple[str, ...]:
    return (title(name, locale), *(title(column, locale) for column in _SUMS))
