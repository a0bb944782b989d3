"""An explanation among its table weighs what the pair weighs there."""

import itertools

import pytest

from custseg.match import Dedupe, Matcher

NAMES = ("Anna Smith", "Anna Smith", "Ann Smith", "Tom Brown", "Tom Brown", "Bob Stone")
PHONES = ("+1 202-456-1111", "+1 202-456-1111", "+1 202-456-1112", None, "+1 202-456-2222", None)
PEOPLE = [
    {"id": at, "name": name, "phone": phone, "email": f"{name[:3]}@x.com"}
    for at, (name, phone) in enumerate(zip(NAMES, PHONES, strict=True))
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Dedupe.preset("person", locale="en").fit(PEOPLE)


def test_the_parts_are_the_weight_of_the_pair_in_its_table(matcher: Matcher) -> None:
    told = matcher.pairs(PEOPLE, at_least=None)
    assert len(told) > 3
    for pair in told:
        why = matcher.explain(PEOPLE[pair["left_id"]], PEOPLE[pair["right_id"]], among=PEOPLE)
        assert why.weight == pair["match_weight"]
        assert why.chance == pair["match_chance"]


def test_either_side_may_be_named_first(matcher: Matcher) -> None:
    for one, other in itertools.combinations(PEOPLE, 2):
        there = matcher.explain(one, other, among=PEOPLE)
        back = matcher.explain(other, one, among=PEOPLE)
        assert [part.hundredths for part in there.parts] == [p.hundredths for p in back.parts]
        assert there.decision == back.decision


def test_two_records_alone_are_weighed_without_rarity(matcher: Matcher) -> None:
    alone = matcher.explain(PEOPLE[0], PEOPLE[1])
    assert [part.rarity for part in alone.parts] == [0] * len(alone.parts)
