"""The laws of whatever takes tables: no kind and no order of rows changes the answers."""

from collections.abc import Callable, Generator, Iterator
from copy import deepcopy

from custseg import frames
from custseg.checks.kinds import Answers, contents, kinds, same, told
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows


def any_table(samples: tuple[Rows, ...], found: Callable[..., Answers], verb: str) -> Iterator[str]:
    """The same answers from the rows in another order, and from every kind of table.

    Args:
        samples: Records of each table.
        found: What is answered to such tables.
        verb: What was done to them, for whoever breaks the law.
    """
    expected = yield from any_order(samples, found, verb)
    yield from any_kind(samples, found, verb, expected)


def any_order(
    samples: tuple[Rows, ...], found: Callable[..., Answers], verb: str
) -> Generator[str, None, Answers]:
    """The same answers from the rows in another order, and the records as they were.

    Returns:
        The answers.
    """
    before = deepcopy(samples)
    with working("sample"):
        expected = found(*samples)
    unchanged = same(samples, before)
    yield demand("input unchanged", f"{verb} changed the records", holds=unchanged)
    turned = found(*(rows[::-1] for rows in samples))
    yield demand("row order", told(expected, turned), holds=same(turned, expected))
    return expected


def any_kind(
    samples: tuple[Rows, ...], found: Callable[..., Answers], verb: str, expected: Answers
) -> Iterator[str]:
    """The same answers from every kind of table, and no table changed.

    Args:
        samples: Records of each table.
        found: What is answered to such tables.
        verb: What was done to them.
        expected: The answers to the records.
    """
    for named in zip(*map(kinds, samples), strict=True):
        kind, tables = named[0][0], [table for _, table in named]
        law, again = f"kind {kind}", any(map(frames.is_iterator, tables))
        with working(law):
            was = None if again else [contents(table) for table in tables]
            answered = found(*tables)
            now = None if again else [contents(table) for table in tables]
        demand("input unchanged", f"{verb} changed the {kind} table", holds=same(now, was))
        yield demand(law, told(expected, answered), holds=same(answered, expected))
