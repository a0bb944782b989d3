"""How people, companies, contacts and households are usually told apart."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, Literal

import attrs

from custseg._typing import words
from custseg.errors import ConfigError, did_you_mean
from custseg.match.blocking.candidates import MOST_PASSES
from custseg.match.comparing.comparison import Comparison
from custseg.match.comparing.texts import Texts
from custseg.match.keys import CompositeKey, ExactKey, MatchKey
from custseg.match.parts import Parts
from custseg.match.roles import OTHERS, ROLES, comparisons_of, forms_of

Preset = Literal["person", "company", "contact", "household"]
Locale = Literal["zh", "en", "mixed"]

_REGIONS: Final[Mapping[str, str | None]] = {"zh": "CN", "en": "US", "mixed": None}

_PLACE: Final = ("address", "street_number", "suburb", "city", "postcode")
_COMPARED: Final[Mapping[str, tuple[str, ...]]] = {
    "person": (
        *("id_card", "name", "given_name", "surname", "birthday", "phone", "email", "social"),
        *_PLACE,
    ),
    "company": ("uscc", "company", "phone", "email", "social", *_PLACE),
    "contact": (
        *("id_card", "name", "given_name", "surname", "birthday", "company", "uscc"),
        *("phone", "email", "social", *_PLACE),
    ),
    "household": ("family", "phone", *_PLACE),
}
"""What is compared, role by role."""

_DECISIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("id_card",),
    "company": ("uscc",),
    "contact": ("id_card",),
    "household": (),
}
"""Numbers that one customer has alone: the same makes one of two records, others keep apart."""

_SURE: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("phone+name", "email+name", "phone+email+surname", "name+address"),
    "company": ("company+phone", "company+email", "company+address"),
    "contact": ("phone+name", "email+name", "phone+email+surname", "name+address"),
    "household": ("family+address",),
}
"""What two customers do not share, so that three records suffice: nothing need be learnt."""

SHARED: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("phone", *_PLACE),
    "company": (),
    "contact": ("company", "phone", *_PLACE),
    "household": ("phone", *_PLACE),
}
"""What a family or an office shares; and two families of one house."""

_PERSON: Final = (
    *("id_card", "phone+name", "email+name", "phone+email+surname", "social"),
    *("name+birthday", "phone+birthday", "email+birthday", "name+address"),
    *("given_name+surname", "given_name+birthday", "surname+birthday", "given_name+postcode"),
    *("surname+postcode", "given_name+city", "surname+city"),
    *("phone", "email", "email:local", "name", "name:sound", "given_name", "surname:words"),
    *("birthday", "address", "postcode", "suburb"),
)
_PASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "person": _PERSON,
    "company": (
        *("uscc", "company+phone", "company+email", "company+address", "phone+email", "social"),
        *("company", "company:sound", "company:brand", "company:company4+city"),
        *("phone", "email", "email:local", "address", "address:first4+city", "postcode"),
    ),
    "contact": (
        *("id_card", "phone+name", "email+name", "phone+email+surname", "company+name"),
        *("name+birthday", "name+address", "phone+email", "name+city", "name:sound+city"),
        "social",
        *("given_name+surname", "surname+company", "company:company4+name:sound"),
        *("name:surname+company", "name:sound+phone:last4"),
        *("phone", "email", "email:local", "name", "name:sound"),
        *("given_name", "surname:words", "birthday", "address"),
    ),
    "household": (
        *("family+address", "family+phone", "family+postcode", "phone", "address"),
        *("street_number+postcode", "family+city"),
    ),
}
"""Where pairs are looked for, the most telling first: a role, how it is read, what goes with it."""


Names = Mapping[str, str | Sequence[str]]
"""Columns by role; ``extra`` names any number of further ones."""


def preset_parts(preset: Preset, locale: Locale, names: Names) -> Parts:
    """The keys, passes and comparisons of a preset, with what may stand in for one another.

    A phone or an address never decides alone: a family shares it, or an office. Where something
    else agrees with it exactly, the two are one; otherwise all that two records say is weighed.
    Several of one name are alternatives: the table decides.

    Args:
        preset: What the records are.
        locale: Where they come from: it decides how a phone without a country code is read.
        names: Columns by role, where they are not called like their role.

    Raises:
        ConfigError: There is no such preset, locale or role.

    >>> from custseg.match.keys import rule_of
    >>> found = preset_parts("company", "zh", {})
    >>> [rule_of(key) for key in found.keys]
    ['uscc', 'company+phone', 'company+email', 'company+address']
    >>> [one.name for one in found.comparisons[:4]]
    ['uscc', 'company', 'phone', 'email']
    """
    _known("preset", preset, _PASSES)
    _known("locale", locale, _REGIONS)
    for role in names:
        _known("names", role, (*ROLES, *OTHERS))
    made = _Roles(preset, _REGIONS[locale], names)
    decisive = tuple(key for role in _DECISIVE[preset] for key in made.keys(role))
    sure = tuple(key for recipe in _SURE[preset] for key in made.keys(recipe))
    return Parts((*decisive, *sure), made.passes(), made.comparisons(), decisive)


def region_of(locale: Locale) -> str | None:
    """Where a phone number without a country code belongs."""
    return _REGIONS[locale]


@attrs.frozen
class _Roles:
    """One preset with the columns of its roles."""

    preset: Preset
    region: str | None
    names: Names

    def keys(self, recipe: str) -> tuple[MatchKey, ...]:
        """A key such as ``phone+name`` or ``email:local``, in every form that it may have."""
        atoms = [forms_of(atom, self._column, self.region) for atom in recipe.split("+")]
        if len(atoms) == 1:
            return tuple(atoms[0])
        return tuple(CompositeKey(parts) for parts in product(*atoms))

    def passes(self) -> tuple[MatchKey, ...]:
        """The passes of the preset, and one for each further column as far as there is room."""
        recipes = _PASSES[self.preset]
        extra = tuple(ExactKey(column) for column in self._extra[: MOST_PASSES - len(recipes)])
        return (*(key for recipe in recipes for key in self.keys(recipe)), *extra)

    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons of the preset, and one for each further column."""
        made = [
            one
            for role in _COMPARED[self.preset]
            for one in comparisons_of(role, self._column, self.region)
        ]
        return (*made, *(Texts(column) for column in self._extra))

    def _column(self, role: str) -> str:
        column = self.names.get(role, role)
        if isinstance(column, str):
            return column
        msg = f"the role takes one column, got {column!r}; only 'extra' takes several"
        raise ConfigError(msg, f"names.{role}")

    @property
    def _extra(self) -> tuple[str, ...]:
        return words(self.names.get("extra", ()))


def _known(path: str, got: str, known: Mapping[str, object] | tuple[str, ...]) -> None:
    if got not in known:
        msg = f"knows no {got!r}, only {list(known)}.{did_you_mean(got, known)}"
        raise ConfigError(msg, path)
