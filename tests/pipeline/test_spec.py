import json

import pytest

import custseg as cs
from custseg.errors import CancelledError, ConfigError, MissingColumnError
from custseg.pipeline.progress import STEPS

ORDERS = [
    {"customer_id": "a", "paid_at": "2026-06-01", "amount": 900.0},
    {"customer_id": "a", "paid_at": "2026-06-20", "amount": 300.0},
    {"customer_id": "b", "paid_at": "2025-06-01", "amount": 200.0},
    {"customer_id": "b", "paid_at": "2026-07-01", "amount": 9999.0},
    {"customer_id": "", "paid_at": "2026-06-01", "amount": 5.0},
]
PEOPLE = [
    {"customer_id": "a", "name": "Li Wei", "region": "华东", "do_not_contact": False},
    {"customer_id": "b", "name": "Anna Smith", "region": "华南", "do_not_contact": True},
    {"customer_id": "c", "name": "N/A", "region": "华东", "do_not_contact": None},
]
REPS = [
    {"rep_id": "R1", "region": "华东", "capacity": 1},
    {"rep_id": "R2", "region": "华南", "capacity": 1},
]
JOB = cs.Pipeline(tier=cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0))))


@pytest.fixture(scope="module")
def run():
    return JOB.run(customers=PEOPLE, transactions=ORDERS, reps=REPS, as_of="2026-06-30")


def decided(run, name):
    return {row["customer_id"]: row[name] for row in run.customers}


def test_the_whole_job_decides_about_everyone(run):
    assert decided(run, "lifecycle") == {"a": "active", "b": "dormant", "c": "potential"}
    assert decided(run, "tier") == {"a": "high", "b": "medium", "c": "low"}
    assert decided(run, "owner")["b"] == "R2"


def test_capacity_leaves_the_third_to_an_explicit_list(run):
    (left,) = run.unassigned
    assert left.customer_id == "c"
    assert left.reason.code == "capacity_full"


def test_what_happens_later_neither_counts_nor_is_lost(run):
    report = run.reports["profile"].table("transactions")
    assert decided(run, "revenue")["b"] == 200.0
    assert report.rows == len(ORDERS) == report.used + sum(report.left_out.values())


def test_fit_and_run_decide_the_same(run):
    policy = JOB.fit(customers=PEOPLE, transactions=ORDERS, reps=REPS, as_of="2026-06-30")
    again = policy.run(customers=PEOPLE, transactions=ORDERS, reps=REPS, as_of="2026-06-30")
    assert policy == run.policy
    assert again.customers == run.customers
    assert again.stamp == run.stamp


def test_a_policy_never_cuts_again():
    job = cs.Pipeline(
        tier=cs.tiering.TierPlan(
            cs.tiering.Quantiles(
                (0.5,),
            ),
            tiers=("low", "high"),
        )
    )
    policy = job.fit(transactions=ORDERS, as_of="2026-06-30")
    richer = [{**row, "amount": row["amount"] * 100} for row in ORDERS]
    run = policy.run(transactions=richer, as_of="2026-06-30")
    assert set(decided(run, "tier").values()) == {"high"}


def test_json_and_back(run):
    text = json.dumps(cs.dump(run.policy))
    back = cs.load(text)
    assert back == run.policy
    assert back.hash == run.policy.hash
    assert cs.load(cs.dump(JOB)) == JOB


@pytest.mark.parametrize("kind", ["pandas", "polars", "polars-lazy", "arrow", "duckdb"])
def test_every_kind_of_table_gives_the_same_job(run, kind):
    duckdb, pa = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
    pl = pytest.importorskip("polars")
    connection = duckdb.connect()
    make = {
        "pandas": lambda rows: pa.Table.from_pylist(rows).to_pandas(),
        "polars": pl.DataFrame,
        "polars-lazy": pl.LazyFrame,
        "arrow": pa.Table.from_pylist,
        "duckdb": lambda rows: connection.from_arrow(pa.Table.from_pylist(rows)),
    }[kind]
    found = JOB.run(
        customers=make(PEOPLE), transactions=make(ORDERS), reps=make(REPS), as_of="2026-06-30"
    )
    assert type(found.customers).__module__.partition(".")[0] in {
        kind.partition("-")[0],
        "pyarrow",
        "_duckdb",
    }
    for id_ in "abc":
        mine, theirs = run.row(id_), found.row(id_)
        for name in ("lifecycle", "tier", "score", "grade", "owner", "revenue", "name"):
            assert mine[name] == theirs[name], (id_, name)


def test_progress_is_told_and_may_cancel():
    told = []
    JOB.run(customers=PEOPLE, as_of="2026-06-30", progress=lambda *step: told.append(step))
    steps = list(dict.fromkeys(step for step, _, _ in told if "." not in step))
    assert steps == [*STEPS, "done"]
    assert {"clean.columns", "match.compare", "profile.customers"} <= {step for step, *_ in told}
    assert all(0 <= done <= total for _, done, total in told if total)
    with pytest.raises(CancelledError, match="profile"):
        JOB.fit(customers=PEOPLE, as_of="2026-06-30", progress=lambda step, *_: step != "profile")


def test_iterators_are_read_once_only():
    run = JOB.run(customers=iter(PEOPLE), transactions=iter(ORDERS), as_of="2026-06-30")
    assert len(run.customers) == 3


def test_doubles_are_merged_and_their_orders_follow():
    people = [
        {"customer_id": "a", "name": "李伟", "phone": "138 0013 8000", "email": None},
        {"customer_id": "z", "name": "李伟先生", "phone": "+8613800138000", "email": "li@corp.cn"},
    ]
    orders = [
        {"customer_id": "a", "paid_at": "2026-06-01", "amount": 900.0},
        {"customer_id": "z", "paid_at": "2026-06-20", "amount": 300.0},
    ]
    run = JOB.run(customers=people, transactions=orders, as_of="2026-06-30")
    (row,) = run.customers
    assert (row["customer_id"], row["email"], row["revenue"]) == ("a", "li@corp.cn", 1200.0)
    assert run.prepared.golden.crosswalk.moved == {"z": "a"}


@pytest.mark.parametrize(
    ("tables", "error", "says"),
    [
        ({}, ConfigError, "customers= or transactions="),
        (
            {"transactions": [{"customer_id": 1, "paid_at": "2026-01-01"}]},
            MissingColumnError,
            "amount",
        ),
    ],
)
def test_bad_jobs_say_what_to_do(tables, error, says):
    with pytest.raises(error, match=says):
        JOB.fit(**tables, as_of="2026-06-30")


def test_an_unreadable_day_is_refused():
    with pytest.raises(ConfigError, match="as_of"):
        JOB.fit(customers=PEOPLE, as_of="the other day")


def test_chinese_headers_are_known_for_what_they_are():
    people = [
        {"customer_id": "a", "姓名": "李伟", "手机号": "138 0013 8000", "是否同意": "否"},
        {"customer_id": "z", "姓名": "李伟先生", "手机号": "+8613800138000", "是否同意": "是"},
        {"customer_id": "y", "姓名": "王芳", "手机号": "13900139000", "是否同意": "是"},
    ]
    run = cs.Pipeline().run(customers=people, as_of="2026-06-30")
    assert [row["customer_id"] for row in run.customers] == ["a", "y"]
    assert run.actions.withheld == {"no_consent": 1}


def test_a_company_may_call_its_ids_what_it_likes():
    named = cs.Names(customer="客户编号")
    people = [{"客户编号": row["customer_id"], "region": row["region"]} for row in PEOPLE]
    job = cs.Pipeline(names={"customers": named}, tier=None)
    run = job.run(customers=people, transactions=ORDERS, reps=REPS, as_of="2026-06-30")
    assert len(run.customers) == 3
    assert run.explain("a").customer == "a"


@pytest.mark.parametrize("rows", [0, 1])
def test_nobody_and_one_customer_work(rows):
    run = cs.Pipeline().run(
        customers=PEOPLE[:rows], transactions=ORDERS[:rows], reps=REPS, as_of="2026-06-30"
    )
    assert len(run.customers) == rows
    assert cs.load(cs.dump(run.policy)) == run.policy
    assert run.text()


def test_steps_that_were_not_done_are_said():
    run = cs.Pipeline(cleaner=None).run(customers=[{"customer_id": 1}], as_of="2026-06-30")
    assert "matching: not done" in run.text()
    assert "tiering: not done" in run.text()
    assert run.as_dict()["reports"]["clean"] == {"step": "clean", "done": False}


def test_names_say_which_table_they_are_for():
    with pytest.raises(ConfigError, match="names maps tables"):
        cs.Pipeline(names=cs.Names(at="paid_at"))
    with pytest.raises(ConfigError, match="Did you mean 'transactions'"):
        cs.Pipeline(names={"transaction": cs.Names()})


def test_buyers_without_a_table_of_customers_keep_the_name_of_their_column():
    names = {"transactions": cs.Names(customer="buyer")}
    rows = [{"buyer": "a", "at": "2026-06-01", "amount": 5.0}]
    run = cs.Pipeline(names=names).run(transactions=rows, as_of="2026-06-30")
    assert run.policy.id == "buyer"
    assert run.explain("a").text()
