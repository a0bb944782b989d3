import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.checks.kinds import kinds
from custseg.features import profile_report
from everykind import as_records
from plainprofile import AS_OF, feedbacks

WHO = [{"customer_id": who} for who in ("007", "a", "b", "nobody")]
EVERY = [name for name, _ in kinds([{"a": 1}])]
BAD = {"customer_id": "a", "at": "2026-01-05", "kind": "complaint"}


def profiled(*rows, **more):
    return cs.profile([{"customer_id": "a"}], feedback=list(rows), as_of=AS_OF, **more)[0]


@given(feedbacks.filter(bool), st.sampled_from(EVERY))
def test_matters_are_what_plain_python_says(rows, kind):
    people, table = dict(kinds(WHO))[kind], dict(kinds(rows))[kind]
    for row in as_records(cs.profile(people, feedback=table, as_of=AS_OF)):
        expected = plainprofile.matters(rows, row["customer_id"])
        assert {name: row[name] for name in expected} == expected


@given(feedbacks, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, chance):
    mixed = chance.sample(rows, len(rows))
    assert cs.profile(WHO, feedback=rows, as_of=AS_OF) == cs.profile(
        WHO, feedback=mixed, as_of=AS_OF
    )


def test_what_was_settled_later_was_open_then():
    later = {**BAD, "resolved_at": "2026-04-01", "status": "resolved"}
    assert profiled(later)["open_complaints"] == 1
    assert profiled({**later, "resolved_at": AS_OF})["open_complaints"] == 0


def test_whether_complaints_are_open_is_unknown_where_nothing_says_so():
    assert profiled(BAD)["open_complaints"] is None
    assert profiled({**BAD, "status": None})["open_complaints"] == 1


def test_a_company_has_its_own_word_for_complaints():
    how = cs.Conventions(complaints=("grumble",))
    row = profiled({**BAD, "kind": "Grumble"}, conventions=how)
    assert (row["complaints"], row["complaint_days"]) == (1, 85)


def test_dates_that_cannot_be_read_are_told():
    done = profile_report(
        [{"customer_id": "a"}], feedback=[{**BAD, "resolved_at": "soon"}], as_of=AS_OF
    )
    assert done.table[0]["open_complaints"] == 1
    assert done.report.table("feedback").notes == {"unreadable_date": 1}


@pytest.mark.parametrize("names", [("complaints", "enquiries"), ("complaint_days",)])
def test_feedback_without_kinds_tells_nothing_of_them(names):
    row = profiled({"customer_id": "a", "at": "2026-01-05", "text": "bad"})
    assert {row[name] for name in names} == {None}
