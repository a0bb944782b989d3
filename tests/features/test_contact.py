import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.checks.kinds import kinds
from everykind import as_records
from plainprofile import AS_OF, contacts

WHO = [{"customer_id": who} for who in ("007", "a", "b", "nobody")]

ROWS = [
    {"customer_id": "a", "at": "2026-01-05", "channel": "call", "direction": "inbound"},
    {"customer_id": "a", "at": "2026-01-07", "channel": "E-Mail", "direction": "Out"},
    {"customer_id": "a", "at": "2026-01-06", "channel": "微信", "direction": "来电"},
    {"customer_id": "a", "at": "2026-01-06", "channel": "carrier pigeon", "direction": None},
    {"customer_id": "a", "at": "2026-02-06", "channel": "call", "direction": "inbound"},
]


def profiled(rows, who="a"):
    return cs.profile([{"customer_id": who}], interactions=rows, as_of="2026-01-31")[0]


def test_interactions_are_counted_by_channel_and_direction():
    row = profiled(ROWS)
    assert (row["interactions"], row["contact_days"]) == (4, 24)
    assert (row["interactions_inbound"], row["interactions_outbound"]) == (2, 1)
    by_channel = [row[f"interactions_{c}"] for c in ("call", "email", "chat", "meeting")]
    assert by_channel == [1, 1, 1, 0]


def test_the_silent_have_no_last_contact():
    row = profiled(ROWS, "b")
    assert (row["interactions"], row["contact_days"], row["interactions_call"]) == (0, None, 0)


def test_a_table_without_channels_knows_nothing_of_them():
    row = profiled([{"customer_id": "a", "at": "2026-01-05"}])
    assert (row["interactions"], row["interactions_call"], row["interactions_inbound"]) == (
        1,
        None,
        None,
    )


@given(contacts.filter(bool), st.sampled_from([name for name, _ in kinds([{"a": 1}])]))
def test_contact_is_what_plain_python_says(rows, kind):
    people, table = dict(kinds(WHO))[kind], dict(kinds(rows))[kind]
    for row in as_records(cs.profile(people, interactions=table, as_of=AS_OF)):
        expected = plainprofile.contact(rows, row["customer_id"])
        assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_the_last_word_is_the_customers_or_ours():
    row = profiled(ROWS)
    assert (row["inbound_days"], row["outbound_days"], row["unanswered"]) == (25, 24, 1)
    assert row["inbound_share"] == pytest.approx(2 / 3)
    answer = {"customer_id": "a", "at": "2026-01-07", "direction": "inbound"}
    assert profiled([*ROWS, answer])["unanswered"] == 0


def test_nothing_is_known_of_answers_where_sides_are_not_recorded():
    row = profiled([{"customer_id": "a", "at": "2026-01-05"}])
    names = ("inbound_share", "inbound_days", "outbound_days", "unanswered")
    assert {row[name] for name in names} == {None}
    silent = profiled(ROWS, "b")
    assert [silent[name] for name in names] == [None, None, None, 0]
    assert (silent["interactions_90d"], row["interactions_90d"]) == (0, 1)


def test_ninety_days_are_counted_with_the_last():
    days = ("2025-11-02", "2025-11-03", "2026-01-31")
    rows = [{"customer_id": "a", "at": day} for day in days]
    assert profiled(rows)["interactions_90d"] == 2
