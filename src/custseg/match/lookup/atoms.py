"""What a record can be found by: its single pieces, and which of them must come together."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import cast

import attrs
import numpy as np

from custseg._typing import Codes
from custseg.match.keys import CompositeKey, ExactKey, MatchKey, keys_of, rule_of
from custseg.match.opened import Ruled
from custseg.match.pieces import PIECES
from custseg.match.reading import Once, Read, reader
from custseg.match.told import Told

Reader = Callable[[str], str | None]


@attrs.frozen
class Atom:
    """One thing that two records may share.

    Attributes:
        key: A key of one column, or a strategy of one's own.

    >>> column = Codes(np.array([0]), ("A@Corp.cn",))
    >>> Atom(ExactKey("email", read="email")).codes(Once({"email": column})).words
    ('a@corp.cn',)
    """

    key: MatchKey

    def codes(self, columns: Once) -> Codes:
        """The piece of each record of a table."""
        if isinstance(self.key, ExactKey):
            return columns.normal(self.key.columns[0], self.key.read, self.key.region)
        return keys_of(self.key, columns)


@attrs.frozen
class Recipe:
    """Which pieces must be shared at once.

    Attributes:
        rule: The code of the key or pass.
        atoms: The places of the pieces in the plan.
        sure: Whether sharing them makes two records one customer.
        distinct: Whether one value in two columns is one agreement and not two.
    """

    rule: str
    atoms: tuple[int, ...]
    sure: bool = False
    distinct: bool = False

    def made_of(self, words: Sequence[str | None]) -> list[str] | None:
        """The pieces of a record that make its key, None where it has no key.

        Args:
            words: All pieces of the record.
        """
        held = [words[at] for at in self.atoms]
        known = [word for word in held if word is not None]
        twice = self.distinct and len(set(known)) < len(known)
        return None if twice or len(known) < len(held) else known


@attrs.frozen
class SearchPlan:
    """The pieces by which records are looked for.

    Attributes:
        atoms: The pieces.
        recipes: What must be shared: the sure ones first, then the passes.
        apart: Recipes that keep two records apart which have different ones.

    >>> from custseg.match.matcher import Matcher
    >>> phone, name = ExactKey("phone", read="phone"), ExactKey("name", read="name")
    >>> plan = SearchPlan.of(Matcher((CompositeKey((phone, name)), phone)))
    >>> [(one.rule, one.atoms) for one in plan.recipes]
    [('phone+name', (0, 1)), ('phone', (0,))]
    """

    atoms: tuple[Atom, ...]
    recipes: tuple[Recipe, ...]
    apart: tuple[Recipe, ...]

    @classmethod
    def of(cls, rules: Ruled) -> "SearchPlan":
        """Take keys and passes to pieces.

        Args:
            rules: A matcher.
        """
        atoms: dict[Atom, int] = {}

        def recipe(key: MatchKey, *, sure: bool = False) -> Recipe:
            places = (atoms.setdefault(one, len(atoms)) for one in _atoms(key))
            several = isinstance(key, CompositeKey)
            return Recipe(rule_of(key), tuple(dict.fromkeys(places)), sure, several)

        sure = [recipe(key, sure=True) for key in rules.keys]
        known = {one.atoms for one in sure}
        passes = [one for one in map(recipe, rules.passes) if one.atoms not in known]
        apart = tuple(map(recipe, rules.apart))
        return cls(tuple(atoms), (*sure, *passes), apart)

    @cached_property
    def searched(self) -> tuple[Recipe, ...]:
        """The recipes as they are searched: where one piece suffices, more need not be asked."""
        rest = [one for one in self.recipes if not one.sure]
        sure = [one for one in self.recipes if one.sure]
        return (*sure, *sorted(rest, key=lambda one: len(one.atoms)))

    @cached_property
    def joint(self) -> frozenset[int]:
        """The pieces that must come together with others, or that keep records apart."""
        several = [one for one in self.recipes if len(one.atoms) > 1]
        return frozenset(at for one in (*several, *self.apart) for at in one.atoms)

    def words(self, told: Told) -> list[str | None]:
        """The pieces of one record, None where it lacks one.

        Args:
            told: The record's values as text, by column.
        """
        return [step.of(told) for step in self._steps]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that pieces are made of."""
        return tuple({name: None for atom in self.atoms for name in atom.key.needs})

    @cached_property
    def _steps(self) -> tuple["_Step | _Own", ...]:
        keys = (atom.key for atom in self.atoms)
        return tuple(_Step.made(key) if isinstance(key, ExactKey) else _Own(key) for key in keys)


@attrs.frozen
class _Step:
    """How one piece is read: the whole value first, since several pieces are cut from it."""

    column: str
    read: Reader
    cut: Reader | None

    @classmethod
    def made(cls, key: ExactKey) -> "_Step":
        whole, cut = PIECES.get(key.read, (key.read, None))
        return cls(key.columns[0], reader(cast("Read", whole), key.region), cut)

    def of(self, told: Told) -> str | None:
        whole = told.form(self.column, self.read)
        return whole if whole is None or self.cut is None else self.cut(whole)


@attrs.frozen
class _Own:
    """How a key of one's own is made of one record."""

    key: MatchKey

    def of(self, told: Told) -> str | None:
        columns = {name: _one(told.get(name)) for name in self.key.needs}
        made = keys_of(self.key, Once(columns))
        at = int(made.at[0])
        return made.words[at] if at >= 0 else None


def _atoms(key: MatchKey) -> Iterable[Atom]:
    if isinstance(key, CompositeKey):
        for part in key.parts:
            yield from _atoms(part)
    elif isinstance(key, ExactKey):
        yield from (Atom(attrs.evolve(key, columns=(name,), name="")) for name in key.columns)
    else:
        yield Atom(key)


def _one(text: str | None) -> Codes:
    at = np.array([-1 if text is None else 0])
    return Codes(at, () if text is None else (text,))
