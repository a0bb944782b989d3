"""A churn report: how good it is, who is listed, of what value, and why."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from custseg._typing import Index
from custseg.classify.churn.listed import ALL, Listed, LossSum, shown, withheld
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.notes import verdict
from custseg.features.ids import Ids
from custseg.frames import Table, Tabled
from custseg.labels import label, title
from custseg.layout import aligned, html_table, percent, plain
from custseg.reasons import Reason

_HIDDEN: Final = "…"
_Part: TypeAlias = tuple[tuple[str, ...], Iterable[tuple[str, ...]]]
_SUMS: Final = ("customers", "value", "value_at_risk")
_ROWS: Final = ("lifecycle_state", "p_no_purchase", "value", "value_at_risk", "churn_reasons")


@attrs.frozen(eq=False)
class ChurnReport(Tabled):
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
        """Plain data for JSON; without ``values`` the money of a few customers is ``None``.

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
            "total": self.total.as_dict(money=values or shown({}, self.total)[ALL]),
            "by_reason": self._plain(self.by_reason, values=values),
            "by_value": self._plain(self.by_value, values=values),
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
        for heads, rows in self._tables(locale, values=values, limit=limit):
            parts.append(aligned(heads, rows))
        return "\n\n".join(parts)

    def html(self, locale: str = "en", *, values: bool = False, limit: int = 20) -> str:
        """The same as a piece of HTML; every word of the data is escaped.

        Args:
            locale: ``en`` or ``zh``.
            values: Whether to show what is known of single customers.
            limit: How many customers to list.
        """
        said = "".join(f"<p>{escape(r.text(locale))}</p>" for r in (self.head, *self.notes))
        tables = self._tables(locale, values=values, limit=limit)
        return said + "".join(html_table(heads, rows) for heads, rows in tables)

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
            told["value"], told["value_at_risk"] = some.money(row)
        return told

    def _plain(self, sums: Mapping[str, LossSum], *, values: bool) -> dict[str, dict[str, object]]:
        may = shown(sums, self.total)
        return {code: one.as_dict(money=values or may[code]) for code, one in sums.items()}

    def _tables(self, locale: str, *, values: bool, limit: int) -> Iterator[_Part]:
        """Heads and rows of what is told: sums by reason and by value, and the customers."""
        if not len(self.listed):
            return
        for name, sums in (("churn_reason", self.by_reason), ("value", self.by_value)):
            yield _titles((name, *_SUMS), locale), self._sums(sums, locale, values=values)
        lines = [self._line(row, locale, values=values) for row in self._rows(limit)]
        yield _titles((self.ids.column, *_ROWS), locale), lines

    def _sums(
        self, sums: Mapping[str, LossSum], locale: str, *, values: bool
    ) -> Iterator[tuple[str, ...]]:
        may = shown(sums, self.total)
        for code, one in {**sums, ALL: self.total}.items():
            hide = not (values or may[code])
            money = [
                _HIDDEN if hide else _told(amount, known, 0)
                for amount, known in ((one.value, one.known), (one.at_risk, one.told))
            ]
            yield label(code, locale), f"{one.customers:,}", *money

    def _line(self, row: int, locale: str, *, values: bool) -> tuple[str, ...]:
        some = self.listed
        state = label(some.state.words[int(some.state.at[row])], locale)
        said = (reason.text(locale, values=values) for reason in some.evidence.reasons(row))
        reasons = label("words.semicolon", locale).join(said)
        chance = percent(float(some.chance[row]))
        money = [_told(amount or 0.0, amount is not None, 2) for amount in some.money(row)]
        hidden = [_HIDDEN, _HIDDEN]
        return some.names[row], state, chance, *(money if values else hidden), reasons


def _titles(names: tuple[str, ...], locale: str) -> tuple[str, ...]:
    return tuple(title(name, locale) for name in names)


def _told(amount: float, known: object, digits: int) -> str:
    """An amount; a hyphen where it is unknown."""
    return f"{amount:,.{digits}f}" if known else "-"
