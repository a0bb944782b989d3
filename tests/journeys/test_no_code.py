"""Journey 5: a tool without code builds a job from a form, previews, keeps it, and asks for it."""

import importlib
import json
import socket
import sys
import threading
import time
from pathlib import Path

import duckdb
import jsonschema
import pyarrow as pa
import pytest

import custseg as cs

EXAMPLES = Path(__file__).parents[2] / "examples"
ORDERS = [
    {
        "customer_id": f"C{i:02}",
        "at": f"2026-0{1 + (i * k) % 6}-{10 + i % 18}",
        "amount": 120 * (i + 1),
    }
    for i in range(40)
    for k in range(1, 2 + i % 3)
]
TABLES = {
    "as_of": "2026-06-30",
    "customers": [{"customer_id": f"C{i:02}"} for i in range(45)],
    "transactions": ORDERS,
}
JOB = {
    "kind": "pipeline",
    "cleaner": None,
    "dedupe": None,
    "scorecard": None,
    "lifecycle": {"kind": "lifecycle", "strategy": {"kind": "fixed-days", "dormant_after": 90}},
    "tier": {"kind": "tier-plan", "cutter": {"kind": "thresholds", "at": [1000, 5000]}},
}
WRONG = {
    **JOB,
    "lifecycle": {"kind": "lifecycle", "strategy": {"kind": "fixed-days", "dormant_after": -1}},
    "tier": {"kind": "tier-plan", "cutter": {"kind": "thresholds", "at": [5, 1]}},
}
ZH = {"Accept-Language": "zh-CN,zh;q=0.9"}


@pytest.fixture(scope="module")
def service():
    sys.path.append(str(EXAMPLES / "fastapi_service"))
    return importlib.import_module("service")


@pytest.fixture
def client(service):
    from fastapi.testclient import TestClient

    service.app.state.shelf = service.Shelf()
    with TestClient(service.app) as made:
        assert made.put("/tables", json=TABLES).status_code == 200
        yield made


def stricter(days):
    fixed = {"kind": "fixed-days", "dormant_after": days}
    return {**JOB, "lifecycle": {"kind": "lifecycle", "strategy": fixed}}


def test_the_schema_that_the_form_is_built_from_has_titles_in_both_languages(client):
    field = client.get("/schemas/fixed-days").json()["properties"]["dormant_after"]
    assert (field["title"], field["x-title-zh"]) == ("dormant after (days)", "沉默天数")
    assert field["description"]
    assert field["x-description-zh"]
    said = client.get("/schemas/fixed-day").json()["detail"][0]["msg"]
    assert "Did you mean 'fixed-days'" in said


def test_openapi_shows_the_schema_of_a_job(client):
    said = client.get("/openapi.json").json()
    assert "lifecycle" in said["components"]["schemas"]["Draft"]["properties"]["job"]["properties"]
    jsonschema.Draft202012Validator.check_schema(said["components"]["schemas"]["Draft"])


def test_every_schema_of_the_form_is_one_and_takes_the_job(client):
    jsonschema.validate(JOB, cs.schema("pipeline"))
    for kind in ("pipeline", "lifecycle", "fixed-days", "tier-plan", "thresholds", "policy"):
        jsonschema.Draft202012Validator.check_schema(cs.schema(kind))


def test_a_wrong_job_is_refused_with_all_its_problems_in_the_users_language(client):
    said = client.post("/policies", json={"job": WRONG}, headers=ZH)
    assert said.status_code == 422
    told = {each["path"]: each for each in said.json()["detail"]}
    assert list(told) == ["$.lifecycle.strategy.dormant_after", "$.tier.cutter.at"]
    first = told["$.lifecycle.strategy.dormant_after"]
    assert first["loc"] == ["body", "job", "lifecycle", "strategy", "dormant_after"]
    assert first["msg"] == "“沉默天数”必须大于 0 天，现为 -1"
    english = client.post("/check", json={"job": WRONG}).json()["problems"]
    assert english[0]["text"] == "dormant_after must be above 0 days, got -1"


def test_data_that_do_not_suit_are_told_and_not_an_error_of_the_server(client):
    rows = [{"customer": "C01", "at": "2026-01-01", "amount": 5}]
    client.put("/tables", json={**TABLES, "transactions": rows})
    said = client.post("/policies", json={"job": JOB})
    assert said.status_code == 422
    assert "customer_id" in said.json()["detail"][0]["msg"]


def test_a_preview_says_who_would_move_and_keeps_nothing(client):
    assert client.post("/simulate", json={"job": JOB}).status_code == 409
    kept = client.post("/policies", json={"job": JOB}).json()
    same = client.post("/simulate", json={"job": JOB}, headers=ZH).json()
    assert (same["moves"], same["text"]) == ([], "没有客户会变动")
    said = client.post("/simulate", json={"job": stricter(30)}, headers=ZH).json()
    assert said["customers_changed"] == len({m["customer"] for m in said["moves"]}) > 5
    assert {m["after"] for m in said["moves"] if m["decision"] == "lifecycle"} == {"dormant"}
    assert "客户状态: 活跃客户 → 沉默客户" in said["text"]
    row = {"frequency": 2, "recency_days": 40.0, "revenue": 2000.0}
    assert client.post("/decide", json={"row": row}).json()["lifecycle"] == "active"
    assert client.post("/explain", json={"row": row}).json()["stamp"]["policy_hash"] == kept["hash"]


def test_a_policy_that_was_kept_decides_the_same_for_ever(client):
    kept = client.post("/policies", json={"job": JOB}).json()
    old = cs.load(json.dumps(kept["policy"]))
    client.post("/policies", json={"job": stricter(30)})
    row = {"frequency": 2, "recency_days": 40.0, "revenue": 2000.0}
    assert client.post("/decide", json={"row": row}).json()["lifecycle"] == "dormant"
    assert (old.hash, old.one(row)["lifecycle"]) == (kept["hash"], "active")
    newer = {**kept["policy"], "schema_version": 99}
    assert [p.code for p in cs.config.problems(newer)] == ["version"]


def test_the_sql_decides_as_the_service_does(client):
    client.post("/policies", json={"job": JOB})
    people = cs.profile(
        TABLES["customers"], transactions=ORDERS, names=cs.Names(), as_of=TABLES["as_of"]
    )
    keep = ("customer_id", "frequency", "recency_days", "revenue")
    rows = [{name: row[name] for name in keep} for row in people]
    said = client.get("/sql", params={"table": "people"}).json()
    connection = duckdb.connect()
    connection.register("people", pa.Table.from_pylist(rows))
    decided = connection.sql(said["text"]).select("customer_id", "lifecycle", "tier")
    found = decided.fetchall()
    for customer, lifecycle, tier in found:
        row = next(r for r in rows if r["customer_id"] == customer)
        one = client.post("/decide", json={"row": row}).json()
        assert (one["lifecycle"], one["tier"]) == (lifecycle, tier)
    assert len(found) == 45


@pytest.fixture
def address(client, service):
    """The service on a port of this machine, for a browser."""
    import uvicorn

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(service.app, port=port, log_level="error"))
    runs = threading.Thread(target=server.run, daemon=True)
    runs.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    runs.join(10)


def soon(page, expression):
    until = time.monotonic() + 20
    while not page.ask(expression) and time.monotonic() < until:
        time.sleep(0.05)
    return page.ask(expression)


def test_a_person_fills_in_the_form_mends_it_and_sees_who_would_move(chromium, client, address):
    client.post("/policies", json={"job": JOB})
    page = chromium.open(f"{address}/form", wide=380)
    field = "#at-lifecycle-strategy-dormant_after"
    page.type(field, "-5")
    wrong = f"document.querySelector('{field}-wrong').textContent"
    assert "above 0 days" in soon(page, wrong)
    assert page.ask(f"document.querySelector('{field}').getAttribute('aria-invalid')") == "true"
    assert page.ask("document.getElementById('preview').disabled")
    page.ask(f"document.querySelector('{field}').value = ''")
    page.type(field, "30")
    assert soon(page, "document.getElementById('state').textContent") == "All is in order."
    page.click("#preview")
    moves = "document.getElementById('moves').textContent"
    assert "active → dormant" in soon(page, moves)
    made = json.loads(page.ask("document.getElementById('document').textContent"))
    assert made["lifecycle"]["strategy"] == {"kind": "fixed-days", "dormant_after": 30}
    assert cs.config.problems(made) == ()
    assert all(url.startswith(address) for url in page.requests)
    assert (page.errors, page.dialogs, page.overflow) == ([], [], 0)
    page.close()
