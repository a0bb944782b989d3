import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg import frames
from custseg._typing import Codes
from custseg.features.consent import contactable
from custseg.tiering.service.permission import WITHHELD, forbidden

words = st.sampled_from([None, "是", "no", "yes", "perhaps", "0", "TRUE"])


@given(st.lists(st.tuples(words, words), min_size=1))
def test_the_same_as_every_list_of_actions(rows):
    people = [{"do_not_contact": a, "consent": b} for a, b in rows]
    flags = {"do_not_contact": "refusal", "consent": "permission"}
    at = forbidden(frames.table(people).read(dict.fromkeys(flags, "text")), flags, len(people))
    expected = contactable(frames.table(people)).texts()
    assert [("may_contact", *WITHHELD)[i] for i in at] == expected


def test_without_a_column_everybody_may_be_contacted():
    assert forbidden({}, {}, 2).tolist() == [0, 0]
    assert forbidden({"x": Codes(np.array([-1]), ())}, {"x": "refusal"}, 1).tolist() == [0]
