from datetime import date

import pytest

import custseg as cs
from custseg.classify import customer_states
from custseg.errors import DataError
from custseg.lifetime import MBGNBD, Outlook
from custseg.plot import CustomerLife


def test_states_follow_one_another(log, model):
    life = CustomerLife.of(log, "a", model, as_of="2026-04-30")
    assert [(s.state, s.since.isoformat(), s.until.isoformat()) for s in life.spells] == [
        ("active", "2026-01-05", "2026-02-03"),
        ("at_risk", "2026-02-04", "2026-03-04"),
        ("active", "2026-03-05", "2026-04-03"),
        ("at_risk", "2026-04-04", "2026-04-30"),
    ]
    assert life.purchases == (date(2026, 1, 5), date(2026, 3, 5))
    assert (life.next_state, life.next_date) == ("dormant", date(2026, 5, 4))


def test_nothing_comes_after_the_last_state(log, model):
    life = CustomerLife.of(log, "b", model, as_of="2027-04-30")
    assert (life.next_state, life.next_date, life.expected_date) == (None, None, None)


def test_what_is_later_is_not_known(log, model):
    life = CustomerLife.of(log, "a", model, as_of="2026-02-01")
    assert life.purchases == (date(2026, 1, 5),)
    assert [spell.until for spell in life.spells] == [date(2026, 2, 1)]


def test_it_is_what_customer_states_says_of_everybody(cdnow, model):
    summary = cdnow.summary(as_of="1997-09-30")
    outlook = Outlook(purchases=MBGNBD().fit(summary), horizon=90.0)
    rows = customer_states(cdnow, model, as_of="1997-09-30", outlook=outlook)
    for row in rows[::300]:
        life = CustomerLife.of(
            cdnow, row["customer_id"], model, as_of="1997-09-30", outlook=outlook
        )
        assert life.spells[-1].state == row["lifecycle_state"]
        assert life.spells[-1].since == row["lifecycle_since"]
        assert life.next_date == row["next_transition_date"]
        awake = row["lifecycle"] != "dormant"
        assert life.expected_date == (row["expected_next_date"] if awake else None)
        assert len(life.purchases) == row["frequency"]


def test_a_customer_that_is_not_there(log, model):
    with pytest.raises(DataError, match="there is no such customer") as error:
        CustomerLife.of(log, "nobody", model, as_of="2026-04-30")
    assert "nobody" not in str(error.value)
    with pytest.raises(DataError, match="had not bought by that day"):
        CustomerLife.of(log, "c", model, as_of="2026-01-31")


def test_contacts_count_where_the_steps_read_them(log):
    model = cs.classify.Lifecycle(cs.classify.FixedDays(30, contact_within=20)).fit([])
    calls = [{"customer_id": "b", "at": "2026-02-18"}]
    life = CustomerLife.of(log, "b", model, as_of="2026-03-31", interactions=calls)
    assert [spell.since.isoformat() for spell in life.spells] == ["2026-01-20", "2026-03-10"]
