import pytest

import custseg as cs
from custseg.errors import DataError

HIDDEN = "hush-hush@corp.example"


@pytest.fixture(scope="module")
def run():
    crm = cs.datasets.crm(300, seed=3)
    people = [
        {**row, "email": HIDDEN if i == 0 else row["email"]} for i, row in enumerate(crm.customers)
    ]
    return cs.Pipeline().run(
        customers=people,
        transactions=crm.transactions,
        interactions=crm.interactions,
        feedback=crm.feedback,
        visits=crm.visits,
        opportunities=crm.opportunities,
        reps=crm.reps,
        as_of=crm.recipe.end,
        actor="night job",
    )


def test_counts_add_up(run):
    size = len(run.customers)
    for name, counts in run.counts.items():
        assert sum(counts.values()) == size, name
    assert sum(load.given for load in run.plan.loads) + len(run.unassigned) == size


def test_no_field_value_leaves_by_the_reports(run):
    said = str(run.as_dict()) + run.text() + run.text("zh") + repr(run) + run._repr_html_()
    assert HIDDEN not in said
    assert all(row["phone"] not in said for row in run.customers if len(row["phone"] or "") > 5)


def test_every_decision_carries_its_stamp(run):
    id_ = run.customers[0]["customer_id"]
    said = run.explain(id_)
    assert said.stamp == run.stamp
    assert said.stamp.actor == "night job"
    assert set(said.parts) == {"lifecycle", "scorecard", "tier", "owner"}
    assert run.policy.hash in said.text()


def test_an_unknown_customer_is_a_clear_error(run):
    with pytest.raises(DataError, match="no such customer"):
        run.explain("nobody")


def test_actions_never_list_who_must_not_be_contacted(run):
    listed = {row["customer_id"] for row in run.actions.table}
    barred = {r["customer_id"] for r in run.customers if r["do_not_contact"] is True}
    assert barred
    assert not listed & barred


def test_the_input_hash_ignores_row_order():
    orders = [{"customer_id": i, "paid_at": "2026-01-01", "amount": i} for i in range(5)]
    policy = cs.Pipeline().fit(transactions=orders, as_of="2026-06-30")
    one = policy.run(transactions=orders, as_of="2026-06-30").stamp
    two = policy.run(transactions=orders[::-1], as_of="2026-06-30").stamp
    three = policy.run(transactions=orders[1:], as_of="2026-06-30").stamp
    assert one == two != three
