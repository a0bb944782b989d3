"""The laws of a wish find what breaks them."""

import attrs
import pytest

from custseg.allocate import CoolOff, Match
from custseg.checks import BrokenLawError
from custseg.checks.sharing import wish


@attrs.frozen
class Liar(Match):
    """Its classes say something else than its points."""

    def points(self, customers, reps):
        return 1.0 - super().points(customers, reps)


@attrs.frozen
class Jealous(Match):
    """What a customer gets depends on how many others there are."""

    def points(self, customers, reps):
        found = super().points(customers, reps)
        return found / max(len(found), 1)


@pytest.mark.parametrize(
    ("made", "law"), [(Liar("industry"), "classes"), (Jealous("industry"), "one record")]
)
def test_a_wish_that_breaks_a_law_is_refused(made, law):
    with pytest.raises(BrokenLawError, match=law):
        list(wish(made))


def test_a_wish_that_depends_on_the_day_is_given_one():
    kept = wish(CoolOff(30))
    assert [next(kept) for _ in range(3)] == ["one record", "points", "classes"]
