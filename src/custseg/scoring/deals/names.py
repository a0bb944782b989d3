"""What the columns of deals are called, and how the words in them are read."""

from collections.abc import Iterable
from typing import Final

import attrs

from custseg.errors import MissingColumnError
from custseg.features.conventions import Conventions, means, spoken
from custseg.values.endings import Ending, ending

DATES: Final = ("opened", "closed", "since", "expected", "expected_before")
IDS: Final = ("deal", "customer")


@attrs.frozen
class DealNames:
    """What the columns of a table of deals are called.

    A column that is not there is not used: what it would say is unknown. An empty name says that
    a column is not to be used.

    Days are read as they are written: a moment with a time zone counts as the day there.

    Attributes:
        deal: Id of the deal.
        stage: Stage; it says won or lost of a deal that is over.
        outcome: How it ended, where another column than the stage says so: then the stage is
            where the deal was when the row was written, or the last one before its end.
        amount: What it brings if it is won.
        currency: Currency of the amount.
        opened: When it was opened.
        closed: When it was won or lost.
        since: When the present stage began.
        expected: When it is expected to close.
        expected_before: When it was expected to close before that was changed.
        customer: Id of the customer: it stands for the deal where that has none.

    >>> DealNames(opened="engage_date").closed
    'closed_at'
    """

    deal: str = "deal_id"
    stage: str = "stage"
    outcome: str | None = None
    amount: str = "amount"
    currency: str = "currency"
    opened: str = "opened_at"
    closed: str = "closed_at"
    since: str = "stage_since"
    expected: str = "expected_close"
    expected_before: str = "expected_close_previous"
    customer: str = "customer_id"

    def there(self, columns: Iterable[str]) -> dict[str, str]:
        """The roles that have a column, and its name.

        >>> DealNames().there(["stage", "amount", "x"])
        {'stage': 'stage', 'amount': 'amount'}
        """
        known = set(columns)
        named = {f.name: getattr(self, f.name) for f in attrs.fields(type(self))}
        return {role: name for role, name in named.items() if name in known}

    def need(self, role: str, columns: Iterable[str]) -> None:
        """Refuse a table without the column of a role.

        Raises:
            MissingColumnError: There is none.
        """
        known = tuple(columns)
        if role not in self.there(known):
            raise MissingColumnError(str(getattr(self, role)), known)


def ended(word: str, conventions: Conventions) -> Ending | None:
    """Whether a word of a stage says won, lost or open; ``None``: over, and not said how.

    >>> how = Conventions(closed_stages=("archived",))
    >>> [ended(word, how) for word in ("Closed Won", "输单", "Negotiation", "archived")]
    ['won', 'lost', 'open', None]
    """
    told = ending(word)
    if told is not None:
        return told
    return None if spoken(word) in means("closed", conventions.closed_stages) else "open"
