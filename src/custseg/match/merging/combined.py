"""Survivorship put together: one rule after another, values cleared on purpose, all values kept."""

import re
from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Kind, Needs
from custseg.errors import ConfigError
from custseg.match.merging.field import Field
from custseg.match.merging.survivorship import MostRecent, Ranks, Survivorship

_BETWEEN: Final = re.compile(r"\s*[,;|]\s*")


@attrs.frozen
class InTurn:
    """Several strategies one after the other: the next decides where the ones before are equal.

    Attributes:
        rules: The strategies, the weightiest first; each ranks.

    Raises:
        ConfigError: There is none, one of them does not rank, or two read one column differently.

    >>> from custseg.match import Longest, Merge
    >>> rule = Merge({"name": InTurn((MostRecent("seen"), Longest()))})
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "name": "Li", "seen": "2026-06-01"},
    ...     {"id": 2, "entity_id": 1, "name": "Li Lei", "seen": "2026-06-01"},
    ... ]
    >>> rule.golden(cards).table[0]["name"]
    'Li Lei'
    """

    rules: tuple[Survivorship, ...]

    def __attrs_post_init__(self) -> None:
        if not self.rules:
            msg = "needs at least one strategy"
            raise ConfigError(msg, "rules")
        _ranks(self.rules, "rules")
        seen: dict[str, Kind] = {}
        for name, kind in (need for rule in self.rules for need in rule.needs.items()):
            if seen.setdefault(name, kind) != kind:
                msg = f"two strategies read the column {name!r}, one as {seen[name]}, one as {kind}"
                raise ConfigError(msg, "rules")

    @property
    def needs(self) -> Needs:
        """What any of them reads."""
        return {name: kind for rule in self.rules for name, kind in rule.needs.items()}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The criteria of the first, then those of the next."""
        ranked = (rule.rank(field) for rule in self.rules if isinstance(rule, Ranks))
        return tuple(one for criteria in ranked for one in criteria)


@attrs.frozen
class Clearable:
    """A missing value that was cleared on purpose competes as if it were a value.

    A missing value never beats one that is there, unless its record says that the field was
    emptied: a phone that the customer asked to forget. A record says so in a column that lists the
    names of such fields, between commas or semicolons.

    Attributes:
        by: The strategy that decides between values and cleared ones; it ranks.
        column: The column that lists the fields.

    Raises:
        ConfigError: The strategy does not rank.

    >>> from custseg.match import Merge
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "phone": "7", "seen": "2026-01-01", "cleared_fields": ""},
    ...     {"id": 2, "entity_id": 1, "phone": "", "seen": "2026-02-01", "cleared_fields": "phone"},
    ... ]
    >>> Merge({"phone": Clearable(MostRecent("seen"))}).golden(cards).table[0]["phone"]
    ''
    """

    by: Survivorship = attrs.field(factory=MostRecent)
    column: str = "cleared_fields"

    def __attrs_post_init__(self) -> None:
        _ranks((self.by,), "by")

    @property
    def needs(self) -> Needs:
        """What the strategy reads, and the list of cleared fields."""
        return {**self.by.needs, self.column: "text"}

    def rank(self, field: Field) -> Sequence[Floats]:
        """The criteria of the strategy."""
        return self.by.rank(field) if isinstance(self.by, Ranks) else ()

    def cleared(self, field: Field) -> Bools:
        """The records in which the field was emptied on purpose."""
        lists = field.columns[self.column]
        if not isinstance(lists, Codes):
            return np.zeros(len(field.at), dtype=np.bool_)
        named = [field.name in _BETWEEN.split(word.strip()) for word in lists.words]
        return np.append(np.array(named, dtype=np.bool_), [False])[lists.at] & ~field.filled


@attrs.frozen
class AllValues:
    """All distinct values side by side, as one text: labels, tags, notes.

    Attributes:
        separator: What stands between them; a value that holds it already is several.

    Raises:
        ConfigError: There is no separator.

    >>> AllValues().make(["vip", "golf; vip", "tea"])
    'vip; golf; tea'
    """

    separator: str = "; "

    def __attrs_post_init__(self) -> None:
        if not self.separator.strip():
            msg = "needs a sign between the values, such as '; '"
            raise ConfigError(msg, "separator")

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def make(self, values: Sequence[object]) -> object:
        """Each value once, in the order of the records."""
        sign = self.separator.strip()
        parts = [part.strip() for value in values for part in str(value).split(sign)]
        return self.separator.join(dict.fromkeys(part for part in parts if part))


def _ranks(rules: Sequence[Survivorship], path: str) -> None:
    for rule in rules:
        if not isinstance(rule, Ranks):
            msg = f"{type(rule).__name__} does not rank values, so it cannot be combined"
            raise ConfigError(msg, path)
