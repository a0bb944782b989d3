"""What stands in the columns of a table, as far as it helps to tell what they are."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import attrs

from custseg import frames
from custseg.io.amounts import plain
from custseg.io.moments import moment
from custseg.values.junk import masked

_LOOKED_AT: Final = 200
"""So many distinct values of a column are looked at."""
_MOST: Final = 0.9
_HALF: Final = 0.5
MONEY: Final = frozenset({"amount", "price", "cost", "quantity", "pages", "clicks"})
TIMES: Final = frozenset({"at", "joined", "opened", "closed", "resolved", "due", "settled"})


@attrs.frozen(eq=False)
class Contents:
    """The values of a table's columns.

    Attributes:
        some: Some distinct values of each column, as text.
        filled: The share of rows that have a value, by column.
        marks: A mark that columns with the same values share.
        distinct: Whether no two rows have the same value, by column.
    """

    some: Mapping[str, tuple[str, ...]]
    filled: Mapping[str, float]
    marks: Mapping[str, object]
    distinct: Mapping[str, bool]

    @classmethod
    def of(cls, table: frames.Table[Any]) -> "Contents":
        """Look at a table in memory."""
        held = {name: table.values(name) for name in table.columns}
        return cls.of_text({name: _text(each) for name, each in held.items()})

    @classmethod
    def of_text(cls, columns: Mapping[str, Sequence[str]]) -> "Contents":
        """Look at columns of text, empty where there is nothing."""
        some = {
            name: tuple(islice((text for text in dict.fromkeys(column) if text), _LOOKED_AT))
            for name, column in columns.items()
        }
        filled = {
            name: sum(map(bool, column)) / len(column) if column else 1.0
            for name, column in columns.items()
        }
        marks = {name: hash(tuple(column)) for name, column in columns.items()}
        each = {name: len(set(column)) == len(column) for name, column in columns.items()}
        return cls(some, filled, marks, each)

    def full(self, column: str) -> bool:
        """Whether at least half of the rows have a value."""
        return self.filled[column] >= _HALF

    def fitting(self, role: str, columns: Iterable[str]) -> tuple[str, ...]:
        """The columns that can play a role; who is meant is not told by days and money."""
        kept = (name for name in columns if fits(role, self, name))
        if role != "customer":
            return tuple(kept)
        others = (name for name in kept if not fits("at", self, name))
        return tuple(name for name in others if not self.broken(name))

    def broken(self, column: str) -> bool:
        """Whether a column holds amounts with cents."""
        return fits("amount", self, column) and any("." in value for value in self.some[column])

    def each(self, column: str) -> bool:
        """Whether no two rows have the same value."""
        return self.distinct[column]

    def same(self, column: str, other: str) -> bool:
        """Whether two columns say the same in every row."""
        return self.marks[column] == self.marks[other]


def _text(held: frames.Distinct) -> list[str]:
    words: list[str] = [*(str(word).strip() for word in held.words), ""]
    at: list[int] = held.at.tolist()
    return [words[i] for i in at]


def fits(role: str, contents: Contents, column: str) -> bool:
    """Whether a column can play a role: days are days, and money is numbers."""
    values = contents.some[column]
    if not values:
        return False
    if role == "customer":
        return _share(_hidden(value) for value in values) < _HALF
    if role in TIMES:
        return _share(moment(value) or moment(value, "mdy") for value in values) >= _MOST
    if role in MONEY:
        numbers = (plain(value) is not None or plain(value, ",") is not None for value in values)
        return _share(numbers) >= _MOST
    return True


def _hidden(value: str) -> bool:
    """Whether a shop has hidden who it is: 138****8000, or cipher behind two signs."""
    return masked(value) or value.startswith(("##", "$$"))


def _share(found: Any) -> float:  # noqa: ANN401 - any run of values that are true or not
    held = [bool(each) for each in found]
    return sum(held) / len(held)
