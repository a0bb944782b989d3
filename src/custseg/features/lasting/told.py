"""The transactions of a state, for a profile: one row each, with all that is read of them."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Index, Ints
from custseg.features.events import Clock, Events, People, Sieve, Source
from custseg.features.lasting.bundle import MARKS, NO_DAY, WORDS, Bundle, bundled
from custseg.features.lasting.state import TransactionState
from custseg.features.ledger import MONEY, Ledger
from custseg.frames import Keys, Moments, Money
from custseg.frames.moments import DAY_SECONDS

_AGAIN: Final = frozenset({"refund"})
"""Remarks that are counted anew."""


@attrs.frozen(eq=False)
class HeldSource(Source):
    """What is kept of transactions, read as from a table.

    Attributes:
        bundle: One row a transaction.
    """

    bundle: Bundle = attrs.field(kw_only=True)

    def keys(self, role: str = "customer") -> Keys:
        """Ids as they are told apart."""
        if role not in MARKS:
            return super().keys(role)
        held, at = self._numbered(role)
        return Keys(at, held)

    def text(self, role: str, rows: Index | None = None) -> Codes:
        """Words; of products only which are the same."""
        if role in WORDS:
            codes = Codes(self.bundle.marks[role], self.bundle.words[role])
        else:
            held, at = self._numbered(role)
            codes = Codes(at, tuple(map(str, held.tolist())))
        return codes if rows is None else Codes(codes.at[rows], codes.words)

    def money(self, role: str) -> Money:
        """The cost, in the company's money."""
        known = self.bundle.marks[role] > 0
        return Money(self.bundle.cost, known, np.zeros(len(known), dtype=np.bool_))

    def moments(self, role: str) -> Moments:
        """Days."""
        day = self.bundle.marks[role]
        known = day != NO_DAY
        whole = np.where(known, day, 0)
        return Moments(whole * DAY_SECONDS, known, np.zeros(len(day), dtype=np.bool_))

    def _numbered(self, role: str) -> tuple[Ints, Index]:
        """The distinct marks of a role, and the place of each row's among them; -1 = none."""
        mark = self.bundle.marks[role]
        held, at = np.unique(mark, return_inverse=True)
        return held, np.where(mark == 0, -1, at)


def ledger_in(state: TransactionState, people: People, until: int) -> Ledger:
    """The transactions of a state up to a day.

    Args:
        state: The state.
        people: The customers.
        until: The last day that counts.

    Raises:
        DataError: The ids of the customers are of another type.
    """
    report = state.report
    spread = bundled(state.bundles, len(state.ids)).having(state.columns).spread
    sieve = Sieve(report.table, report.rows)
    sieve.left_out |= report.left_out
    sieve.notes |= {note: n for note, n in report.notes.items() if note not in _AGAIN}
    keys = Keys(spread.rows.code, state.ids.keys.uniques)
    code, size = people.placed(keys, sieve, state.ids.column)
    sieve.drop("after_as_of", np.asarray(spread.rows.day > until))
    used = sieve.used
    clock, units = Clock(spread.rows.day, spread.second).take(used), spread.rows.units
    units = units if used is None else units[used]
    sieve.note("refund", int(np.count_nonzero(units < 0)))
    priced = state.priced
    source = HeldSource(
        report.table,
        state.like,
        {role: role for role in (*spread.marks,)},
        state.conventions,
        silent=frozenset[str]() if priced else frozenset({"amount"}),
        bundle=spread,
    )
    events = Events(source, code if used is None else code[used], size, clock, used, sieve)
    return Ledger(events, units, unknown=() if priced else MONEY)
