"""Customers who are easily taken for one another: relatives, namesakes, colleagues on one line."""

from collections.abc import Iterable

import attrs

from custseg.datasets.draws import Spins
from custseg.datasets.people import Person
from custseg.datasets.vocabulary import vocabulary

_RELATIVE, _NAMESAKE, _SWITCHBOARD = 7, 4, 10  # percent


@attrs.frozen(eq=False)
class Resident:
    """A customer and the street they live or work in.

    Attributes:
        person: Who it is.
        street: Road and number, without the city.
    """

    person: Person
    street: str


def residents(people: Iterable[Person], spins: Spins) -> list[Resident]:
    """Give customers an address, and some of them a neighbour's traits.

    Where the one before lives in the same country, seven in a hundred are relatives, unless that
    one stands for a company (the same surname, address and mobile), and four are namesakes in the
    same city. One in ten who buy for a
    company give the number of its switchboard.
    """
    found: list[Resident] = []
    boards: dict[str, str] = {}
    for one in people:
        home = Resident(_switched(one, spins, boards), street(one.language, spins))
        found.append(_like(home, found[-1], spins) if found else home)
    return found


def street(language: str, spins: Spins) -> str:
    """Make an address up.

    >>> from custseg.datasets.draws import Draws
    >>> street("en", Draws.of(7, 0, "doc").spins())[-2:] in {"St", "et", "ue", "ve", "ad", "Rd"}
    True
    """
    words = vocabulary("zh" if language == "zh" else "en").words
    road, number = spins.one_of(words.brands), spins.below(899) + 1
    if language == "zh":
        floor, door = spins.below(28) + 1, spins.below(8) + 1
        return f"{road}路{number}号{spins.below(20) + 1}栋{floor}{door:02d}室"
    return f"{number} {road} {spins.one_of(('Street', 'Road', 'Avenue'))}"


def _switched(one: Person, spins: Spins, boards: dict[str, str]) -> Person:
    if one.company is None or not spins.chance(_SWITCHBOARD):
        return one
    if one.company not in boards:
        toll_free = f"86400{2_000_000 + spins.below(8_000_000)}"
        boards[one.company] = toll_free if one.language == "zh" else one.phone
    return attrs.evolve(one, phone=boards[one.company])


def _like(home: Resident, before: Resident, spins: Spins) -> Resident:
    one, other = home.person, before.person
    luck = spins.below(100)
    near = one.place.country == other.place.country
    if not near or luck >= _RELATIVE + _NAMESAKE:
        return home
    if luck < _RELATIVE and other.company is not None:
        return home
    if luck < _RELATIVE:
        name = _named(one, other.surname)
        kin = attrs.evolve(one, surname=other.surname, name=name, phone=other.phone)
        return Resident(attrs.evolve(kin, place=other.place, company=None, form=""), before.street)
    twin = attrs.evolve(one, surname=other.surname, given=other.given, name=other.name)
    return attrs.evolve(home, person=attrs.evolve(twin, place=other.place))


def _named(one: Person, surname: str) -> str:
    return f"{surname}{one.given}" if one.language == "zh" else f"{one.given} {surname}"
