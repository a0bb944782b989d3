import pytest

from custseg.errors import ConfigError, DataError
from custseg.tiering import migration
from custseg.tiering.moves.ladder import MoveNames, States


def test_the_tier_before_is_named_after_the_tier():
    assert MoveNames(tier="grade").previous == "grade_previous"


def test_tiers_stand_first_and_other_words_behind_them():
    known = States.of(("low", "high"), ["high", "merged", "dormant", "high"])
    assert known.words == ("low", "high", "dormant", "merged")
    assert known.folding(("merged", "odd")).argmax(axis=1).tolist() == [0, 4, 0]


def test_tiers_that_are_numbers_are_named_by_numbers():
    rows = [{"customer_id": i, "tier_previous": 1, "tier": 1 + i} for i in range(3)]
    found = migration(rows, tiers=(1, 2, 3))
    assert found.tiers == ("1", "2", "3")
    assert found.moved["up"] == 2


@pytest.mark.parametrize("word", ["hgih", "High", " high", "hihg"])
def test_a_word_that_is_nearly_a_tier_is_refused(word):
    with pytest.raises(DataError, match="nearly a tier"):
        States.of(("low", "high"), ("low", word))


def test_a_column_of_other_tiers_is_named():
    with pytest.raises(ConfigError, match=r"holds \['gold', 'silver'\]"):
        States.of(("low", "high"), ("gold", "silver"))


def test_a_column_that_is_none_of_tiers_is_not_shown():
    phones = [f"1380013{i:04}" for i in range(40)]
    with pytest.raises(
        ConfigError, match="holds 40 other words; name the column of tiers"
    ) as error:
        States.of(("low", "high"), phones)
    assert not any(phone in str(error.value) for phone in phones)
