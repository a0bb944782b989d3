import numpy as np

from custseg import F, frames
from custseg.features.completion.fields import (
    Field,
    Part,
    looked_at,
    possible_of,
    share,
    shortfall_of,
)

PEOPLE = frames.table([{"k": "a", "x": "1"}, {"k": "b", "x": None}, {"k": None, "x": "n/a"}])
FIELDS = (
    Field("x", 2.0, (Part("x", "filled"),), F("k").one_of("a", "b")),
    Field("k", 1.0, (Part("k", "filled"),)),
)
DAY = np.array([0.0])


def test_what_lacks_most_is_best_to_ask_for():
    found = shortfall_of(looked_at(PEOPLE, FIELDS, DAY), 3)
    assert found.best.tolist() == [-1, 0, 1]
    assert found.gain.tolist() == [0.0, 2.0, 1.0]
    assert (found.earned.tolist(), found.possible.tolist()) == ([3.0, 1.0, 0.0], [3.0, 3.0, 1.0])
    assert possible_of(PEOPLE, FIELDS).tolist() == found.possible.tolist()


def test_nothing_of_nothing_is_unknown():
    shares = share(np.array([0.0, 1.0]), np.array([0.0, 2.0]))
    assert shares.tolist()[1] == 0.5
    assert np.isnan(shares[0])


def test_a_field_reads_its_columns_and_its_condition():
    assert FIELDS[0].columns == {"x", "k"}
