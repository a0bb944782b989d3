"""Which leads and deals to work on today, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Index
from custseg.errors import ConfigError
from custseg.features.consent import contactable
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.scoring.deals.model import DealModel
from custseg.scoring.deals.telling import DealExplanation
from custseg.showing import Shown, heads


@attrs.frozen
class Call(Shown):
    """One deal to work on.

    Attributes:
        deal: Its id; where there is none that of the customer, else the number of the row.
        rank: Its place; deals that are expected to gain the same share one.
        why: Chance, value and state, with reasons.

    >>> Call("D-7", 1, DealExplanation("win_probability", {"win_probability": 0.5})).rank
    1
    """

    deal: object
    rank: int
    why: DealExplanation

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Place, deal and why, in a language."""
        gain = self.why.decision.get("expected_gain")
        return label("deal.call", locale).format(
            rank=self.rank,
            deal=self.deal,
            gain="-" if gain is None else f"{gain:,.2f}",
            why=self.why.text(locale, values=values),
        )


@attrs.frozen(eq=False)
class CallList(Tabled):
    """Deals to work on, what a call is expected to gain most on first.

    Attributes:
        calls: The deals.
        left_out: Reason and number of deals that are not on the list.
        rows: Rows of the deals in the table.
        opened: The table.

    >>> CallList((), {"closed": 2}).text()
    'left out, closed: 2'
    """

    calls: tuple[Call, ...]
    left_out: Mapping[str, int]
    rows: Index = attrs.field(factory=lambda: np.empty(0, dtype=np.intp))
    opened: Table[Any] | None = None

    def table(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """The deals in their order, the caller's kind of table, with ``call_rank``."""
        if self.opened is None:
            return []
        ranks = np.array([call.rank for call in self.calls], dtype=np.int64)
        return frames.table(self.opened.take(self.rows)).attach({"call_rank": ranks})

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read."""
        lines = [call.text(locale, values=values) for call in self.calls]
        return "\n".join([*lines, *self._omissions(locale)])

    def _omissions(self, locale: str) -> Iterator[str]:
        for reason, count in self.left_out.items():
            why = label(f"deal.left_out.{reason}", locale)
            yield label("deal.left_out", locale).format(why=why, count=count)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON."""
        calls = [
            {"deal": _plain(call.deal), "rank": call.rank, **call.why.as_dict(values=values)}
            for call in self.calls
        ]
        return {"calls": calls, "left_out": dict(self.left_out)}

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(call.rank, call.deal, call.why.text(locale)) for call in self.calls]
        return html_table(heads(locale, "rank", "deal", "why"), rows)


def call_list(deals: object, model: DealModel, *, top: int | None = 20) -> CallList:
    """Which deals to work on today, and why: what a call is expected to gain most on first.

    Args:
        deals: Open deals; closed ones, customers who must not be contacted, and deals whose gain
            is not known are left out and counted.
        model: What scores them, for the day.
        top: How many; all that tie with the last one are in. ``None``: all.

    Raises:
        MissingColumnError: A needed column is missing.
        ConfigError: ``top`` is below 1.

    >>> from custseg.scoring import Deals
    >>> model = Deals().fit([]).on("2026-06-30")
    >>> rows = [{"deal_id": "a", "amount": 100}, {"deal_id": "b", "amount": 900}]
    >>> print(call_list(rows, model).text())
    1. b, expected gain 35.40: chance to be won: 25%
    2. a, expected gain 3.93: chance to be won: 25%
    """
    if top is not None and top < 1:
        msg = f"top is 1 or more, got {top}"
        raise ConfigError(msg, "top")
    given = list(cast("Iterator[object]", deals)) if frames.is_iterator(deals) else deals
    opened = frames.table(given)
    scored = frames.table(model.apply(given if not opened.lazy else opened.native))
    gain = np.asarray(scored.read({"expected_gain": "number"})["expected_gain"], dtype=np.float64)
    counted = _omitted(scored, gain)
    kept = ~np.logical_or.reduce(list(counted.values()))
    left_out = {why: int(n) for why, rows in counted.items() if (n := np.count_nonzero(rows))}
    ids = _ids(scored, model)
    rows, ranks = _ranked(gain, kept, ids, top)
    records = _records(scored, rows)
    calls = [
        Call(ids[row], rank, model.explain(record))
        for row, rank, record in zip(rows.tolist(), ranks, records, strict=True)
    ]
    return CallList(tuple(calls), left_out, rows, scored)


def _omitted(scored: Table[Any], gain: Floats) -> dict[str, Bools]:
    """Which deals are not on the list, and why; each for one reason."""
    read = scored.read({"win_probability": "number", "deal_state": "text"})
    chance = np.asarray(read["win_probability"], dtype=np.float64)
    state = cast("Codes", read["deal_state"])
    shut = np.array([*(word == "closed" for word in state.words), False])[state.at]
    none, barred = np.isnan(chance), contactable(scored).at > 0
    return {
        "closed": none & shut,
        "not_open": none & ~shut,
        "not_permitted": ~none & barred,
        "no_amount": ~none & ~barred & np.isnan(gain),
    }


def _ids(table: Table[Any], model: DealModel) -> Sequence[object]:
    """Id of each deal, else of its customer, else the number of its row."""
    names = model.reading.names
    ids: list[object] = list(range(table.size))
    for column in (names.customer, names.deal):
        if column in table.columns:
            keys = table.keys(column)
            known = keys.ids()
            ids = [known[at] if at >= 0 else i for at, i in zip(keys.at.tolist(), ids, strict=True)]
    return ids


def _order(key: object) -> tuple[bool, float, str]:
    """Numbers by value, before texts."""
    number = isinstance(key, int | float)
    return not number, float(key) if isinstance(key, int | float) else 0.0, str(key)


def _plain(key: object) -> object:
    return key if isinstance(key, str | int | float) else str(key)


def _ranked(
    gain: Floats, kept: Bools, ids: Sequence[object], top: int | None
) -> tuple[Index, list[int]]:
    """Rows by gain and the place of each; ties share a place, and go by id among themselves."""
    rows = [int(row) for row in np.flatnonzero(kept)]
    rows.sort(key=lambda row: (-gain[row], _order(ids[row])))
    ranks = list[int]()
    for i, row in enumerate(rows):
        same = i > 0 and gain[row] == gain[rows[i - 1]]
        ranks.append(ranks[-1] if same else i + 1)
    if top is not None and len(rows) > top:
        cut = sum(rank <= ranks[top - 1] for rank in ranks)
        rows, ranks = rows[:cut], ranks[:cut]
    return np.array(rows, dtype=np.intp), ranks


def _records(table: Table[Any], rows: Index) -> list[dict[str, Any]]:
    """Some rows as records."""
    taken = frames.table(table.take(rows))
    listed = [taken.values(name) for name in taken.columns]
    columns = [[(*held.words, None)[at] for at in held.at.tolist()] for held in listed]
    return [dict(zip(taken.columns, row, strict=True)) for row in zip(*columns, strict=True)]
