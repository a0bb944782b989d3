"""The salespeople, and who truly fits whom."""

import datetime as dt
from functools import cache

import attrs

from custseg.datasets.draws import Draws, Spins, Weighted, weighted
from custseg.datasets.people import Person
from custseg.datasets.recipe import Recipe
from custseg.datasets.words import Language, lexicon

SEPARATOR = ";"
SENIORITY_FOR = {"high": 5, "medium": 3, "low": 1}
"""The seniority (1 to 5) that a customer of each true tier is meant for."""

_TERRITORY, _LANGUAGE, _INDUSTRY, _SENIORITY = 240, 60, 60, 10
_AWAY = -10_000
_SENIORITIES = weighted(((1, 20), (2, 26), (3, 24), (4, 18), (5, 12)))
_ON_LEAVE, _WAS_ON_LEAVE = 6, 16  # one rep in so many
_SLACK = 1.15  # room for so many times the customers there are


@attrs.frozen
class Home:
    """A territory and the language spoken in it."""

    language: Language
    territory: str


@attrs.frozen
class Rep:
    """A salesperson.

    Attributes:
        rep_id: Id.
        name: Name.
        territory: Where the rep sells.
        industries: Positions in the table of industries.
        seniority: 1 to 5.
        languages: The first is that of the territory.
        leave: First and last day of leave, if any.
    """

    rep_id: str
    name: str
    territory: str
    industries: tuple[int, ...]
    seniority: int
    languages: tuple[str, ...]
    leave: tuple[dt.date, dt.date] | None

    def away(self, day: dt.date) -> bool:
        """Whether the rep is on leave that day."""
        return self.leave is not None and self.leave[0] <= day <= self.leave[1]

    def fit(self, person: Person, tier: str, day: dt.date) -> int:
        """Count points of fit: territory first, then language and industry, then seniority."""
        points = _TERRITORY * (self.territory == person.place.territory)
        points += _LANGUAGE * (person.language in self.languages)
        points += _INDUSTRY * (person.industry in self.industries)
        points -= _SENIORITY * abs(self.seniority - SENIORITY_FOR[tier])
        return points + _AWAY * self.away(day)


@cache
def staff(recipe: Recipe) -> tuple[Rep, ...]:
    """Make the salespeople up; every territory has at least one if there are enough of them.

    >>> team = staff(Recipe(locale="zh"))
    >>> len(team), team[0].territory, team[0].languages[0]
    (24, '华东', 'zh')
    """
    spins = Draws.of(recipe.seed, 0, "reps").spins()
    homes = weighted(
        (Home(language, territory), weight)
        for language in recipe.languages
        for territory, weight in lexicon(language).territories.items()
    )
    return tuple(_rep(spins, recipe, i, homes) for i in range(recipe.reps))


def best_reps(recipe: Recipe, people: list[Person], tiers: list[str]) -> list[str]:
    """Find for each customer the rep who fits best, the first of equals, on the last day."""
    team = staff(recipe)
    known: dict[tuple[str, str, int, str], str] = {}
    found: list[str] = []
    for person, tier in zip(people, tiers, strict=True):
        key = (person.place.territory, person.language, person.industry, tier)
        if key not in known:
            known[key] = _best(team, person, tier, recipe.end)
        found.append(known[key])
    return found


def reps_table(recipe: Recipe, customers: int) -> dict[str, list[object]]:
    """Write the salespeople down; their capacities together are a little above the customers."""
    team = staff(recipe)
    strength = sum(2 + rep.seniority for rep in team)
    room = int(customers * _SLACK) + len(team)
    return {
        "rep_id": [rep.rep_id for rep in team],
        "name": [rep.name for rep in team],
        "territory": [rep.territory for rep in team],
        "industries": [_industries(rep) for rep in team],
        "seniority": [rep.seniority for rep in team],
        "capacity": [room * (2 + rep.seniority) // strength + 1 for rep in team],
        "languages": [SEPARATOR.join(rep.languages) for rep in team],
        "on_leave_from": [rep.leave[0] if rep.leave else None for rep in team],
        "on_leave_until": [rep.leave[1] if rep.leave else None for rep in team],
    }


def _best(team: tuple[Rep, ...], person: Person, tier: str, day: dt.date) -> str:
    return max(team, key=lambda rep: rep.fit(person, tier, day)).rep_id


def _rep(spins: Spins, recipe: Recipe, i: int, homes: Weighted[Home]) -> Rep:
    first = homes.choices[i : i + 1]
    home = first[0] if first else spins.among(homes)
    language = home.language
    words = lexicon(language)
    surname, _ = spins.among(words.surnames)
    given = spins.one_of(words.given[spins.below(2)]).text
    count = len(words.words.industries)
    wanted = {spins.below(count) for _ in range(4)}
    other = "en" if language == "zh" else "zh"
    return Rep(
        rep_id=f"R{i + 1:03d}",
        name=f"{surname}{given}" if language == "zh" else f"{given} {surname}",
        territory=home.territory,
        industries=tuple(sorted(wanted)),
        seniority=spins.among(_SENIORITIES),
        languages=(language, other) if spins.chance(30) else (language,),
        leave=_leave(spins, recipe, i, alone=bool(first)),
    )


def _leave(spins: Spins, recipe: Recipe, i: int, *, alone: bool) -> tuple[dt.date, dt.date] | None:
    if i % _ON_LEAVE == _ON_LEAVE - 1 and not alone:
        first = recipe.end - dt.timedelta(5 + spins.below(20))
        return first, recipe.end + dt.timedelta(5 + spins.below(30))
    if i % _WAS_ON_LEAVE == 2:  # noqa: PLR2004  (any place but that of the ones above)
        first = recipe.start + dt.timedelta(spins.below(max(1, recipe.days - 40)))
        return first, first + dt.timedelta(10 + spins.below(20))
    return None


def _industries(rep: Rep) -> str:
    names = lexicon("zh" if rep.languages[0] == "zh" else "en").words.industries
    return SEPARATOR.join(names[i] for i in rep.industries)
