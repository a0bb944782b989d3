import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.tiering.worth.frontier import PeerGroup
from custseg.tiering.worth.ladder import NOBODY, Rungs

GROUPS = (
    PeerGroup((), 9, 1.0, 0.1),
    PeerGroup(("a",), 5, 2.0, 0.2),
    PeerGroup(("b",), 4, 3.0, 0.2),
    PeerGroup(("a", "x"), 2, 4.0, 0.3),
)
first = Codes(np.empty(0, dtype=int), ("c", "b", "a"))
second = Codes(np.empty(0, dtype=int), ("x", "y"))


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 1))))
def test_a_table_climbs_as_one_customer_does(rows):
    rungs = Rungs.of(GROUPS)
    columns = [
        Codes(np.array([row[i] for row in rows], dtype=int), codes.words)
        for i, codes in enumerate((first, second))
    ]
    found = [rungs.groups[at] for at in rungs.places(columns, len(rows)).tolist()]
    texts = zip(*(column.texts() for column in columns), strict=True)
    assert found == [rungs.one(peers) for peers in texts]


def test_who_is_in_no_fine_group_is_in_a_coarser_one():
    rungs = Rungs.of(GROUPS)
    for peers, path in (
        (("a", "x"), ("a", "x")),
        (("a", "y"), ("a",)),
        (("a", None), ("a",)),
        (("c", "x"), ()),
        ((None, "x"), ()),
    ):
        assert rungs.one(peers).path == path


def test_a_ladder_without_rungs_has_nobody():
    rungs = Rungs.of(())
    assert rungs.one(("a",)) is NOBODY
    assert rungs.places([first], 0).tolist() == []
    assert np.isnan(rungs.frontiers[rungs.places([], 2)]).all()
