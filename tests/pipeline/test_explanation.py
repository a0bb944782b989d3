import json

import custseg as cs

ORDERS = [
    {"customer_id": "a", "paid_at": "2026-06-01", "amount": 40},
    {"customer_id": "<b>", "paid_at": "2024-06-01", "amount": 4000},
]


def run():
    return cs.Pipeline().run(transactions=ORDERS, as_of="2026-06-30")


def test_details_hold_every_line_of_every_step():
    said = run().explain("a")
    for part in said.parts.values():
        assert part.text("zh") in said.details("zh")
    assert len(said.details().splitlines()) > len(said.text().splitlines())
    assert "revenue = 40" in said.details(values=True)
    assert said.stamp.policy_hash in said.details()


def test_an_id_cannot_be_markup():
    said = run().explain("<b>")
    assert "<b> is a dormant customer" in said.text()
    assert "<p>&lt;b&gt; is a dormant customer" in said.html()


def test_what_is_next_is_data_too():
    held = json.loads(json.dumps(run().explain("a").as_dict()))
    assert held["next"]["code"] == "next_due_now"
    policy = run().policy
    assert policy.explain({**run().customers[0], "as_of": None}).as_dict()["next"] is None
