import pytest

from custseg.allocate import Merged, Newcomer, OnLeave
from custseg.errors import ConfigError

START = 20_605  # 2026-06-01


@pytest.mark.parametrize(
    ("days", "part"), [(-1, 0.0), (0, 0.25), (29, 0.25), (30, 0.5), (89, 0.75), (400, 1.0)]
)
def test_capacity_grows_with_tenure(days, part):
    assert Newcomer("R9", "2026-06-01").part(START + days) == part


def test_wrong_events_are_refused():
    with pytest.raises(ConfigError, match="before it begins"):
        OnLeave("R1", "2026-07-02", "2026-07-01")
    with pytest.raises(ConfigError, match="rising days"):
        Newcomer("R1", "2026-07-01", ramp=((30, 0.5), (0, 1.0)))
    with pytest.raises(ConfigError, match="rising days"):
        Newcomer("R1", "2026-07-01", ramp=((0, 1.5),))
    with pytest.raises(ConfigError, match="two accounts"):
        Merged(("a",), into="a")
    with pytest.raises(ConfigError, match="two accounts"):
        Merged(("a", "b"), into="c")
