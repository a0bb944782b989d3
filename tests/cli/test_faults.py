import json

from custseg.cli import main
from custseg.cli.faults import Faults, JobError

WRONG = """
as_of = "soon"
engin = "x"
[tables]
custmers = "people.csv"
transactions = 5
[names.transactions]
att = "paid_at"
[conventions]
tz = "Mars"
[pipeline]
worth = [{ kind = "rfmm" }]
[pipeline.tier]
kind = "tier-plan"
cutter = { kind = "thresholds", at = [1000.0, 100.0] }
[output]
lang = "LANG"
format = "csw"
"""
PLACES = [
    "as_of",
    "engin",
    "tables.custmers",
    "tables.transactions",
    "names.transactions.att",
    "conventions",
    "pipeline.worth[0].kind",
    "pipeline.tier.cutter.at",
    "output.format",
]


def told(folder, text, capsys, *options):
    (folder / "job.toml").write_text(text, encoding="utf-8")
    assert main(["run", str(folder / "job.toml"), *options]) == 2
    return capsys.readouterr()


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path, capsys):
    lines = told(tmp_path, WRONG.replace("LANG", "en"), capsys).err.splitlines()
    assert lines[0] == "custseg: job.toml has 9 things wrong:"
    assert [line.strip().partition(": ")[0] for line in lines[1:]] == PLACES
    assert not (tmp_path / "job-out").exists()


def test_a_job_is_refused_in_its_own_language_or_in_the_one_asked_for(tmp_path, capsys):
    own = told(tmp_path, WRONG.replace("LANG", "zh"), capsys).err
    assert "job.toml 有 9 处不对：" in own
    assert "pipeline.tier.cutter.at：“分界点”必须由小到大，现为 [1000.0, 100.0]" in own
    asked = told(tmp_path, WRONG.replace("LANG", "zh"), capsys, "--lang", "en").err
    assert "output.format: must be one of csv, parquet, json" in asked
    wrong = told(tmp_path, WRONG.replace("LANG", "cn"), capsys, "--lang", "zh").err
    assert "output.lang：只能是 en, zh 之一，现为 'cn'" in wrong


def test_machines_are_told_one_by_one(tmp_path, capsys):
    error = json.loads(told(tmp_path, WRONG.replace("LANG", "zh"), capsys, "--json").out)["error"]
    assert error["code"] == "config"
    assert [one["path"].removeprefix("$.") for one in error["problems"]] == PLACES
    assert error["problems"][2]["place"] == ["tables", "custmers"]


def test_a_policy_file_is_told_with_all_that_is_wrong_in_it(tmp_path, capsys):
    (tmp_path / "policy.json").write_text('{"kind": "policy", "lifecycl": 1, "names": 5}', "utf-8")
    job = 'as_of = 2026-06-30\npolicy = "policy.json"\n[names]\n[tables]\ncustomers = "c.csv"\n'
    err = told(tmp_path, job, capsys).err
    assert "policy.lifecycl: unknown key 'lifecycl'. Did you mean 'lifecycle'?" in err
    assert "policy.names: " in err
    assert "names: policy= brings its own names" in err
    lost = told(tmp_path, job.replace("policy.json", "lost.json"), capsys).err
    assert "policy: no policy file" in lost


def test_a_part_that_is_no_table_is_told_once(tmp_path, capsys):
    err = told(tmp_path, 'output = 1\ntables = 2\n"x y" = 3', capsys).err
    assert "output: must be a table, got int" in err
    assert "tables: must be a table, got int" in err
    assert "\"x y\": unknown key 'x y'" in err
    assert "as_of is missing" in err.splitlines()[1]
    assert len(err.splitlines()) == 5


def test_the_error_comes_back_whole_from_another_process():
    faults = Faults({"out put": {}})
    faults.known(faults.document, ("output",))
    one = tuple(faults.found.values())
    error = JobError(one, "job.toml")
    made, fields = error.__reduce__()[:2]
    assert str(made(*fields)) == str(error)
    assert str(error) == "\"out put\": unknown key 'out put'. Did you mean 'output'?"
