"""Transactions of a state under other ids of their customers."""

from collections.abc import Callable
from typing import Any

import attrs

from custseg import frames
from custseg.features.events import Source
from custseg.features.ids import Ids
from custseg.features.lasting.state import TransactionState


def rekeyed(state: TransactionState, rekey: Callable[[Any, str], Any]) -> TransactionState:
    """The same transactions; customers who turned out to be one have one id.

    Args:
        state: The state.
        rekey: Gets a table of ids and the name of its column, and gives it with other ids.

    >>> order = {"customer_id": "a", "at": "2026-06-29", "amount": 40}
    >>> def to_b(table, column):
    ...     return [{column: "b"} for _ in table]
    >>> rekeyed(TransactionState.of([order]), to_b).summary(as_of="2026-06-30")[0]["customer_id"]
    'b'
    """
    column = state.ids.column
    moved = frames.table(rekey(state.like.build({column: state.ids.take(slice(None))}), column))
    keys = moved.keys(column)
    ids = Ids.of(Source("transactions", moved, {"customer": column}, state.conventions), keys)
    bundles = tuple(each.recoded(keys.at, len(ids)) for each in state.bundles)
    return attrs.evolve(state, batches=bundles, ids=ids, kept=None)
