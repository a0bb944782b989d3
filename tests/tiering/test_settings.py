import pytest

from custseg.errors import ConfigError
from custseg.tiering.settings import check_points, check_shares, check_tiers, check_word


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
