import json
import subprocess
import sys

import pytest

import custseg as cs
import custseg.frames
from custseg.cli import main

JOB = """
as_of = 2026-06-30
actor = "tester"
[tables]
customers = "people.csv"
transactions = "orders.csv"
reps = "reps.csv"
[names.transactions]
at = "paid_at"
[pipeline.tier]
kind = "tier-plan"
cutter = { kind = "thresholds", at = [100.0, 1000.0] }
[output]
folder = "out"
format = "FORM"
"""
FILES = {
    "people.csv": "customer_id,name,region\n001,李伟,华东\n002,Anna Smith,华南\n003,,华东\n",
    "orders.csv": "customer_id,paid_at,amount\n001,2026-06-01,2000\n002,2025-01-01,300\n"
    ",2026-01-01,1\n",
    "reps.csv": "rep_id,region,capacity\nR1,华东,5\nR2,华南,5\n",
}


@pytest.fixture
def job(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def write(text=JOB, form="csv"):
        file = tmp_path / "job.toml"
        file.write_text(text.replace("FORM", form), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_run_writes_every_file_it_names(job, form, capsys):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert main(["run", str(job(form=form)), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["customers"] == 3
    assert said["stamp"]["actor"] == "tester"
    files = {name: job().parent / path for name, path in said["written"].items()}
    page = {"report", "report_text"}
    assert set(files) == {"customers", "actions", "run", "policy", "unassigned", *page}
    assert all(file.stat().st_size for file in files.values())
    rows = cs.frames.table(cs.io.read_table(files["customers"])).keys("customer_id").ids()
    assert [str(i).zfill(3) for i in rows] == ["001", "002", "003"]


def test_the_policy_it_writes_runs_again(job, capsys):
    file = job()
    assert main(["run", str(file), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    again = JOB.split("[names", maxsplit=1)[0] + 'policy = "out/policy.json"\n'
    again = 'policy = "out/policy.json"\n' + JOB.split("[names", maxsplit=1)[0]
    assert main(["run", str(job(again)), "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["stamp"] == first["stamp"]
    assert second["counts"] == first["counts"]


def test_people_read_a_summary_in_their_language(job, capsys):
    assert main(["run", str(job()), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "客户状态" in out
    assert "report.html" in out
    assert main(["explain", str(job()), "--customer", "001", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "高级客户" in out
    assert "2,000" not in out
    assert main(["explain", str(job()), "--customer", "001", "--values"]) == 0
    assert "2,000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "says", "code"),
    [
        ("tier-plan", "tier-pln", "Did you mean 'tier-plan'", "config"),
        ("as_of = 2026-06-30", "", "as_of", "config"),
        ("as_of = 2026-06-30", 'as_of = "soon"', "as_of", "config"),
        ("[tables]", "[table]", "Did you mean 'tables'", "config"),
        (
            'customers = "people.csv"',
            'custmers = "people.csv"',
            "Did you mean 'customers'",
            "config",
        ),
        ("people.csv", "poeple.csv", "Did you mean 'people.csv'", "data"),
        ('at = "paid_at"', 'at = "paid"', "Did you mean 'paid_at'", "missing-column"),
        ('"FORM"', '"csw"', "Did you mean 'csv'", "config"),
        ("kind = ", "kind = = ", "no TOML", "config"),
        ("at = [100.0, 1000.0]", "at = [1000.0, 100.0]", "cutter", "config"),
    ],
)
def test_wrong_jobs_say_where_and_what_to_do(job, capsys, old, new, says, code):
    assert main(["run", str(job(JOB.replace(old, new))), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert says in error["message"]
    assert error["code"] == code
    assert main(["run", str(job(JOB.replace(old, new)))]) == 2
    err = capsys.readouterr().err
    assert err.startswith("custseg: ")
    assert len(err.strip().splitlines()) == 1


def test_a_fault_of_ours_is_told_from_bad_input(job, capsys, monkeypatch):
    said = ["wheel came off"]

    def broken(*_, **__):
        raise RuntimeError(*said)

    monkeypatch.setattr("custseg.pipeline.spec.Pipeline.run", broken)
    assert main(["run", str(job())]) == 1
    assert "wheel came off" in capsys.readouterr().err
    assert main(["run", str(job()), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "bug"
    with pytest.raises(RuntimeError):
        main(["run", str(job()), "--trace"])


def test_demo_writes_its_page_and_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "--customers", "150", "--seed", "3"]) == 0
    assert "custseg-demo/report.html" in capsys.readouterr().out
    assert (tmp_path / "custseg-demo" / "report.html").read_text("utf-8").startswith("<!doctype")
    assert main(["demo", "--customers", "0"]) == 2


def test_schema_lists_and_shows(capsys):
    assert main(["schema"]) == 0
    assert "tier-plan" in capsys.readouterr().out.split()
    assert main(["schema", "tier-plan", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["kind"] == {"const": "tier-plan"}
    assert main(["schema", "tier-pla"]) == 2
    assert "Did you mean" in capsys.readouterr().err


def test_version_and_the_module_form():
    done = subprocess.run(
        [sys.executable, "-m", "custseg", "--version"], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == f"custseg {cs.__version__}"


def test_lifecycle_writes_what_became_of_the_customers(job, capsys):
    assert main(["lifecycle", str(job()), "--since", "2025-01-01", "--every", "quarter"]) == 0
    said = capsys.readouterr().out
    assert "from state to state" in said
    assert main(["lifecycle", str(job()), "--json", "--lang", "zh"]) == 0
    found = json.loads(capsys.readouterr().out)
    names = {"states", "changes", "growth", "flows", "cohorts", "churn", "data", "page"}
    assert set(found["written"]) == names
    files = {name: job().parent / path for name, path in found["written"].items()}
    assert all(file.stat().st_size for file in files.values())
    assert "客户生命周期" in files["page"].read_text(encoding="utf-8")


def test_tiers_writes_how_they_held(job, capsys):
    assert main(["tiers", str(job()), "--since", "2025-01-01", "--every", "quarter"]) == 0
    assert "from the first review to the last" in capsys.readouterr().out
    assert main(["tiers", str(job()), "--json", "--lang", "zh"]) == 0
    found = json.loads(capsys.readouterr().out)
    names = {"tiers", "tier_changes", "migration", "policies", "data", "page"}
    assert set(found["written"]) == names
    files = {name: job().parent / path for name, path in found["written"].items()}
    assert all(file.stat().st_size for file in files.values())
    assert "价值等级变化" in files["page"].read_text(encoding="utf-8")
    assert found["notes"][0]["code"] == "worth_of_all_time"


def test_scores_writes_how_good_the_customers_are(job, capsys):
    assert main(["scores", str(job())]) == 0
    assert "--outcome" in capsys.readouterr().out
    assert main(["scores", str(job()), "--json", "--lang", "zh"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["written"]) == {"scores", "data", "page"}
    files = {name: job().parent / path for name, path in found["written"].items()}
    assert all(file.stat().st_size for file in files.values())
    assert "客户评分" in files["page"].read_text(encoding="utf-8")
    assert main(["scores", str(job()), "--outcome", "ended"]) == 2
    assert "ended" in capsys.readouterr().err


def test_a_lifecycle_without_transactions_is_refused(job, capsys):
    text = JOB.replace('transactions = "orders.csv"\n', "").replace(
        '[names.transactions]\nat = "paid_at"\n', ""
    )
    assert main(["lifecycle", str(job(text))]) == 2
    assert "needs transactions" in capsys.readouterr().err


def test_a_reader_who_leaves_early_sees_no_trace(job):
    command = [sys.executable, "-m", "custseg", "lifecycle", str(job())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        done.stdout.close()
        assert b"Traceback" not in done.stderr.read()
    assert done.returncode == 0


REVIEW = JOB.replace('kind = "tier-plan"', 'kind = "retier"').replace(
    'cutter = { kind = "thresholds", at = [100.0, 1000.0] }',
    'value = "revenue_365d"\ncuts = { kind = "cuts", points = [100, 1000] }\n'
    'calm = { grace = 1, lock = "3 months" }',
)


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_each_night_goes_on_from_the_one_before(job, form, capsys):
    """A first run has no last one; the second finds it, and a second one on a day says the same."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert main(["run", str(job(REVIEW, form))]) == 0
    said = []
    for _ in range(2):
        later = REVIEW.replace("2026-06-30", "2027-06-30").replace(
            "[tables]\n", f'[tables]\nprevious = "out/customers.{form}"\n'
        )
        assert main(["run", str(job(later, form))]) == 0
        written = cs.frames.table(cs.io.read_table(job().parent / f"out/customers.{form}"))
        columns = [written.values(name) for name in ("tier", "tier_reason", "tier_since")]
        said.append([str(each.words[each.at[0]])[:10] for each in columns])
    assert said == [["high", "kept_grace", "2026-06-30"]] * 2
    capsys.readouterr()
    assert main(["run", str(job(later.replace("out/customers", "out/lost"), form))]) == 2
    assert "no file" in capsys.readouterr().err


def test_the_page_and_its_text_are_written_and_tell_what_changed(job, tmp_path):
    file = job(form="csv")
    assert main(["run", str(file), "--as-of", "2026-03-31", "--lang", "en"]) == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "No earlier run was given" in page
    last = tmp_path / "out" / "customers.csv"
    # The file of the last run is the one that this run writes anew.
    assert main(["run", str(file), "--lang", "en", "--previous", str(last)]) == 0
    text = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
    assert "Since 31 March 2026, 0 customers came and 0 are gone; 3 were there both times." in text
    assert "1 customer changed state: 1 bought for the first time" in text
    assert "001" not in text.split("## Who needs attention")[1].split("## What is due")[0]


def test_a_last_run_that_is_not_there_is_an_error(job, capsys):
    assert main(["run", str(job()), "--previous", "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err
