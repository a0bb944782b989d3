"""By which signs is a customer awake or asleep?"""

from typing import Any, Protocol

from custseg.classify.ladder import StateLadder
from custseg.frames import Table


class LifecycleStrategy(Protocol):
    """A strategy for the lifecycle: the steps by which a customer comes to a state.

    A strategy of your own is one frozen class with this method; it needs no base class. It may
    learn from the table (``table.read({"recency_days": "number"})``); what it returns is data, so
    the fitted model is JSON, decides one record, and becomes SQL.

    >>> import attrs
    >>> from custseg.classify import Lifecycle, Step
    >>> from custseg.rules import F
    >>> @attrs.frozen
    ... class Subscribers:
    ...     def ladder(self, table):
    ...         paying = Step(F("plan") == "paid", "active", "pays")
    ...         return StateLadder((paying,), otherwise="potential", reason="pays_not")
    >>> Lifecycle(Subscribers()).fit([]).one({"plan": "paid"})["lifecycle"]
    'active'
    """

    def ladder(self, table: Table[Any], /) -> StateLadder:
        """Give the steps, first to last."""
        ...
