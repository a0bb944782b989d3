from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import AtLeast, Component, Cuts, HeadTail, Pareto, Potential, ValueMix
from custseg.tiering.settings import (
    check_known,
    check_labels,
    check_points,
    check_shares,
    check_tiers,
    check_ties,
    check_word,
    exact_share,
)


def test_possible_settings_pass():
    check_points("points", (1.0, 1.0), strict=False)
    check_points("at", (1.0, 2.0), strict=True)
    check_shares("at", (0.5,))
    check_word("ties", "up", ("up", "down"))
    check_tiers(("low", "high"), ("low", "high"), None)


def test_the_message_names_the_setting_and_what_was_got():
    with pytest.raises(ConfigError, match=r"at must ascend, got \[2.0, 1.0\]"):
        check_points("at", (2.0, 1.0), strict=True)
    with pytest.raises(ConfigError, match=r"shares must be shares strictly between 0 and 1"):
        check_shares("shares", (1.5,))
    with pytest.raises(ConfigError, match=r"ties must be one of \['up'\], got 'any'"):
        check_word("ties", "any", ("up",))


@pytest.mark.parametrize("tiers", [(), ("",), ("a", "a")])
def test_tiers_have_different_names(tiers):
    with pytest.raises(ConfigError, match="different names"):
        check_tiers(tiers, tiers, None)


def test_tiers_cuts_and_services_fit():
    with pytest.raises(ConfigError, match="2 cuts make 3 tiers, but 2 are named"):
        check_tiers(("low", "high"), ("low", "high"), 3)
    with pytest.raises(ConfigError, match=r"service for tier 'hihg'.*Did you mean 'high'"):
        check_tiers(("low", "high"), ("low", "hihg"), 2)
    with pytest.raises(ConfigError, match=r"no service policy for tiers \['high'\]"):
        check_tiers(("low", "high"), ("low",), 2)


def test_words_are_one_a_class():
    check_labels((), 3)
    check_labels(("a", "b"), 2)
    check_labels(("a", "a"), 2, needed=True)
    for labels, needed in (((), True), (("a",), False), (("a", "a"), False), (("a", ""), False)):
        with pytest.raises(ConfigError, match="words"):
            check_labels(labels, 2, needed=needed)


def test_ties_say_why_nobody_is_ranked_by_row():
    check_ties("middle")
    with pytest.raises(ConfigError, match=r"one of \['down', 'up'\], got 'middle'.*Quota"):
        check_ties("middle", ("down", "up"))


def test_there_has_to_be_something_to_learn_from():
    check_known(5, 2, 0)
    with pytest.raises(NotEnoughDataError, match="5 rows, all missing"):
        check_known(5, 0, 0)
    with pytest.raises(DataError, match="1 of 2 values are infinite"):
        check_known(5, 2, 1)


@given(st.integers(1, 999), st.integers(2, 1000))
def test_a_share_is_the_fraction_it_was_written_as(part, whole):
    if part < whole:
        assert exact_share(part / whole) == Fraction(part, whole)


def test_a_share_of_many_digits_is_its_decimal():
    assert exact_share(0.123456789) == Fraction(123456789, 10**9)


def test_numbers_of_settings_are_numbers():
    for make in (
        lambda: Component("a", "5"),
        lambda: Component("a", True),
        lambda: Component("a", 1, points=(("x", 0), ("y", 1))),
        lambda: Component("a", 1, points=(1, 2)),
        lambda: ValueMix(neutral="half"),
        lambda: Potential(quantile="0.9"),
        lambda: Potential(shrink=None),
        lambda: HeadTail("0.4"),
        lambda: HeadTail(most="3"),
        lambda: AtLeast("500", Pareto(), Cuts((1.0, 2.0))),
        lambda: AtLeast(500, "pareto", Cuts((1.0, 2.0))),
    ):
        with pytest.raises(ConfigError):
            make()
    assert ValueMix(Component("a", 1)) == ValueMix((Component("a", 1),))
    assert HeadTail(most=np.int64(3)).most == 3
