"""What two records must share to be one customer: one key, or several at once."""

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Index, Kind, Needs, words
from custseg.errors import ConfigError
from custseg.match.reading import Once, Read

APART: Final = "\x1f"
"""What stands between the parts of a key; no value holds it."""


@runtime_checkable
class MatchKey(Protocol):
    """A strategy for matching: give each record the key under which its doubles are found.

    Records with the same key are one customer. A class that writes these two is a key; an
    attribute ``rule`` is taken as the code of its rule, else the class name is.

    >>> class LastFour:
    ...     needs = {"card": "text"}
    ...
    ...     def keys(self, columns):
    ...         card = columns["card"]
    ...         return Codes(card.at, tuple(word[-4:] for word in card.words))
    >>> cards = Codes(np.array([0, 1, 2]), ("6222-1234", "6222 1234", "6222-9999"))
    >>> keys_of(LastFour(), {"card": cards}).at.tolist()
    [0, 0, 1]
    """

    @property
    def needs(self) -> Needs:
        """The columns it reads, each as ``text``."""
        ...

    def keys(self, columns: Columns, /) -> Codes:
        """One key a record, -1 where the record has none.

        The words are the keys: records with equal words share a key, whatever their codes.
        """
        ...


@attrs.frozen
class ExactKey:
    """The same normal value in one column, or in each of several.

    Attributes:
        columns: The columns that must agree.
        read: How their values are brought to normal form: ``phone``, ``email``, ``name``,
            ``company``, ``uscc``, ``id_card``, ``date``, or ``text`` (case, width and accents do
            not count). Placeholders and values that cannot be right make no key.
        region: Where a phone number without a country code belongs, such as ``CN``.
        name: The code of the rule; the columns, unless given.

    Raises:
        ConfigError: There is no column.

    >>> key = ExactKey("phone", read="phone", region="CN")
    >>> phone = Codes(np.array([0, 1, -1]), ("138 0013 8000", "+86 13800138000"))
    >>> key.keys({"phone": phone}).at.tolist()
    [0, 0, -1]
    """

    columns: tuple[str, ...] = attrs.field(converter=words)
    read: Read = "text"
    region: str | None = None
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.columns:
            msg = "an ExactKey needs at least one column"
            raise ConfigError(msg, "columns")

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.name or "+".join(self.columns)

    @property
    def needs(self) -> Needs:
        """The columns, as text."""
        return _texts(self.columns)

    def keys(self, columns: Columns) -> Codes:
        """The normal value, or the normal values side by side; -1 where one is missing."""
        once = columns if isinstance(columns, Once) else Once(columns)
        return joined([once.normal(name, self.read, self.region) for name in self.columns])


@attrs.frozen
class CompositeKey:
    """Several keys that must agree at once: the phone and the name.

    What sets it apart from its parts alone: two people who share a mobile stay two people. The same
    value in two columns is one agreement and makes no key.

    Attributes:
        parts: The keys that must all agree.
        name: The code of the rule; the names of the parts, unless given.

    Raises:
        ConfigError: There is no part.

    >>> both = CompositeKey((ExactKey("phone", read="phone", region="CN"), ExactKey("name")))
    >>> both.rule, dict(both.needs)
    ('phone+name', {'phone': 'text', 'name': 'text'})
    """

    parts: tuple[MatchKey, ...]
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.parts:
            msg = "a CompositeKey needs at least one part"
            raise ConfigError(msg, "parts")

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.name or "+".join(rule_of(part) for part in self.parts)

    @property
    def needs(self) -> Needs:
        """The columns of all parts."""
        return {name: kind for part in self.parts for name, kind in part.needs.items()}

    def keys(self, columns: Columns) -> Codes:
        """The keys of the parts side by side; -1 where one is missing."""
        return joined([keys_of(part, columns) for part in self.parts], apart=True)


def rule_of(key: MatchKey) -> str:
    """The code of the rule that a key stands for.

    >>> rule_of(ExactKey(("first", "last")))
    'first+last'
    """
    rule = getattr(key, "rule", None)
    return rule if isinstance(rule, str) and rule else type(key).__name__


def keys_of(key: MatchKey, columns: Columns) -> Codes:
    """The keys that a strategy gives, each word once.

    Args:
        key: The strategy.
        columns: What it reads.
    """
    codes = key.keys(columns)
    if isinstance(key, ExactKey | CompositeKey) or len(set(codes.words)) == len(codes.words):
        return codes
    words = tuple(dict.fromkeys(codes.words))
    return Codes(codes.recode(words), words)


def joined(parts: Sequence[Codes], *, apart: bool = False) -> Codes:
    """Keys side by side as one key; missing where any of them is.

    Args:
        parts: The keys.
        apart: Whether the same value twice makes no key, since it is one agreement and not two:
            a person's name that was typed into the column of the company too.

    >>> left, right = Codes(np.array([0, 0, 1]), ("a", "b")), Codes(np.array([0, -1, 0]), ("a",))
    >>> joined([left, right]).at.tolist(), joined([left, right], apart=True).at.tolist()
    ([0, -1, 1], [-1, -1, 0])
    """
    both, *rest = parts
    for part in rest:
        both = _paired(both, part, apart=apart)
    return both


def _paired(left: Codes, right: Codes, *, apart: bool) -> Codes:
    known = (left.at >= 0) & (right.at >= 0)
    if apart and not set(left.words).isdisjoint(right.words):
        known &= right.recode(left.words) != left.at
    width = max(len(right.words), 1)
    pair = left.at[known].astype(np.int64) * width + right.at[known]
    pairs, place = np.unique(pair, return_inverse=True)
    at: Index = np.full(len(left.at), -1, dtype=np.intp)
    at[known] = place
    first, second = np.divmod(pairs, width)
    sides = zip(first.tolist(), second.tolist(), strict=True)
    words = tuple(f"{left.words[a]}{APART}{right.words[b]}" for a, b in sides)
    return Codes(at, words, plain=True)


def _texts(columns: Sequence[str]) -> dict[str, Kind]:
    text: Kind = "text"
    return dict.fromkeys(columns, text)
