"""People who only look the same."""

from collections import defaultdict
from itertools import pairwise

from custseg.datasets.draws import Draws
from custseg.datasets.neighbours import residents
from custseg.datasets.people import people
from custseg.datasets.recipe import Recipe
from custseg.datasets.vocabulary import vocabulary

MADE = people(Draws.of(5, 0, "who"), Recipe(locale="mixed"), 4_000, vocabulary)
HOMES = residents(MADE, Draws.of(5, 0, "near").spins())


def test_relatives_share_surname_street_and_mobile() -> None:
    streets = defaultdict(list)
    for home in HOMES:
        streets[home.street].append(home.person)
    families = [group for group in streets.values() if len(group) > 1]
    assert len(families) > 50
    for group in families:
        assert len({one.surname for one in group}) == 1
        assert len({one.phone for one in group}) == 1


def test_namesakes_live_in_one_city() -> None:
    pairs = [
        (a.person, b.person)
        for a, b in pairwise(HOMES)
        if a.person.name == b.person.name and a.person.birthday != b.person.birthday
    ]
    assert len(pairs) > 30
    assert all(a.place.country == b.place.country for a, b in pairs)


def test_colleagues_share_a_switchboard() -> None:
    boards = defaultdict(set)
    for home in HOMES:
        if home.person.phone.startswith("86400"):
            boards[home.person.phone].add(home.person.company)
    assert boards
    assert all(len(firms) == 1 for firms in boards.values())
