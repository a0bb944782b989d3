"""Which currency is the company's, asked of an engine before the rows are parted."""

import attrs

from custseg.features.conventions import Conventions, currency_code
from custseg.features.events import Source
from custseg.features.exchange import several


def with_currency(source: Source) -> Conventions:
    """The conventions of a table of an engine, its only currency named.

    A partition that holds one currency cannot know that another holds a second one. So all
    currencies that occur are counted in the engine first, also those of rows that will be left
    out; nothing is asked where the conventions name the company's currency.

    Args:
        source: Transactions that an engine holds.

    Raises:
        DataError: There are several currencies, and it is not said which is the company's.
    """
    how = source.conventions
    if how.currency is not None or not source.has("currency"):
        return how
    column = source.columns["currency"]
    held = source.table.counted((column,))
    seen = {currency_code(str(word)) for word in held.values(column).words}
    if len(seen) > 1:
        raise several(seen, column)
    return attrs.evolve(how, currency=next(iter(seen), None))
