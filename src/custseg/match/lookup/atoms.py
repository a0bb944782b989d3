"""What a record can be found by: its single pieces, and which of them must come together."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import cast

import attrs
import numpy as np

from custseg._typing import Codes, Record
from custseg.frames import scalar
from custseg.match.keys import CompositeKey, ExactKey, MatchKey, keys_of, rule_of
from custseg.match.opened import Ruled
from custseg.match.pieces import PIECES
from custseg.match.reading import Once, Read, reader

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
    """

    rule: str
    atoms: tuple[int, ...]
    sure: bool = False


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
            return Recipe(rule_of(key), tuple(dict.fromkeys(places)), sure)

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

    def words(self, record: Record) -> list[str | None]:
        """The pieces of one record, None where it lacks one.

        Args:
            record: The record.
        """
        wholes: dict[tuple[str, str], str | None] = {}
        texts = {name: scalar.text(record.get(name)) for name in self._columns}
        found: list[str | None] = []
        for step in self._steps:
            asked = (step.column, step.whole)
            if asked not in wholes:
                text = texts[step.column]
                wholes[asked] = None if text is None else step.read(text)
            whole = wholes[asked]
            found.append(whole if whole is None or step.cut is None else step.cut(whole))
        return [*found, *self._own(record)] if self._mine else found

    def _own(self, record: Record) -> Iterator[str | None]:
        for atom in self._mine:
            columns = {name: _one(scalar.text(record.get(name))) for name in atom.key.needs}
            made = keys_of(atom.key, Once(columns))
            at = int(made.at[0])
            yield made.words[at] if at >= 0 else None

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple({step.column: None for step in self._steps})

    @cached_property
    def _mine(self) -> tuple[Atom, ...]:
        return tuple(atom for atom in self.atoms if not isinstance(atom.key, ExactKey))

    @cached_property
    def _steps(self) -> tuple["_Step", ...]:
        keys = (atom.key for atom in self.atoms)
        return tuple(_Step.of(key) for key in keys if isinstance(key, ExactKey))


@attrs.frozen
class _Step:
    """How one piece is read: the whole value first, since several pieces are cut from it."""

    column: str
    whole: str
    read: Reader
    cut: Reader | None

    @classmethod
    def of(cls, key: ExactKey) -> "_Step":
        whole, cut = PIECES.get(key.read, (key.read, None))
        read = reader(cast("Read", whole), key.region)
        return cls(key.columns[0], f"{whole}:{key.region}", read, cut)


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
