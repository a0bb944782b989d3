"""All conditions that hold, not the first alone, as SQL text: their words one after the other."""

from collections.abc import Mapping

import attrs

from custseg.frames.query import reader_of, selected
from custseg.frames.sql import Reader, holds, literal
from custseg.rules import Condition, merged


@attrs.frozen
class Joint:
    """Words of all conditions that hold, in order, each once.

    Attributes:
        steps: Condition and word.
        between: What stands between two words.
        otherwise: The word where none holds.
    """

    steps: tuple[tuple[Condition, str], ...]
    between: str
    otherwise: str

    def written(self, reader: Reader) -> str:
        """As a SQL expression."""
        pieces = [self._piece(place, reader) for place in range(len(self.steps))]
        if not pieces:
            return literal(self.otherwise)
        start = len(self.between) + 1
        joined = f"substr({' || '.join(pieces)}, {start})"
        return f"coalesce(nullif({joined}, ''), {literal(self.otherwise)})"

    def _piece(self, place: int, reader: Reader) -> str:
        """A word with what stands before it, unless it stands there already."""
        condition, word = self.steps[place]
        before = [holds(c, reader) for c, other in self.steps[:place] if other == word]
        said = literal(self.between + word)
        arms = "".join(f" WHEN {other} THEN ''" for other in before)
        return f"CASE{arms} WHEN {holds(condition, reader)} THEN {said} ELSE '' END"


def joint_statement(columns: Mapping[str, Joint], *, table: str, dialect: str = "duckdb") -> str:
    """A SELECT that adds columns of words.

    Args:
        columns: Output column -> what it holds.
        table: Name of the table that holds the needed columns.
        dialect: ``duckdb``, ``sqlite``, or any that sqlglot writes (extra ``sql``).

    Raises:
        MissingDependencyError: Another dialect is asked for and sqlglot is not installed.

    >>> from custseg.rules import F
    >>> both = Joint(((F("n") > 3, "big"), (F("n") > 9, "huge")), " + ", "none")
    >>> joint_statement({"rule": both}, table="people").splitlines()[-1]
    'FROM "people"'
    """
    conditions = (condition for joint in columns.values() for condition, _ in joint.steps)
    reader = reader_of(dialect)(merged(condition.needs for condition in conditions))
    made = {out: one.written(reader) for out, one in columns.items()}
    return selected(made, table=table, dialect=dialect)
