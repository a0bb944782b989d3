"""The checks can fail: each broken strategy is refused, by the law that it breaks."""

import attrs
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import Cuts
from strangers.broken import BROKEN


@pytest.mark.parametrize(("law", "cls"), BROKEN, ids=lambda it: getattr(it, "__name__", ""))
def test_a_broken_strategy_is_refused_by_the_law_it_breaks(law, cls):
    with pytest.raises(cs.checks.BrokenLawError, match=rf'law "{law}" is broken'):
        cs.checks.check(cls())


@cs.strategy("broken-thawed")
@attrs.define
class Thawed:
    at: float = 1.0

    def cuts(self, values):
        return Cuts((self.at,))


@attrs.frozen
class Nameless:
    def cuts(self, values):
        return Cuts((1.0,))


class Bare:
    def cuts(self, values):
        return Cuts((1.0,))


@pytest.mark.parametrize(
    ("law", "made"), [("frozen", Thawed()), ("kind", Nameless()), ("attrs class", Bare())]
)
def test_settings_must_be_frozen_and_named(law, made):
    with pytest.raises(cs.checks.BrokenLawError, match=f'law "{law}"'):
        cs.checks.check(made)


@cs.strategy("broken-misspelt")
@attrs.frozen
class Misspelt:
    def cut(self, values):
        return Cuts((1.0,))


def test_what_plays_no_role_is_told_the_roles():
    with pytest.raises(ConfigError, match=r"Misspelt plays no known role.*'cuts'"):
        cs.checks.check(Misspelt())
