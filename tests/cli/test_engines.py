"""What reads the files of a job, and that it makes no difference to what is decided."""

import json

import pytest

from custseg.cli import engines, main
from custseg.errors import ConfigError
from custseg.frames import table
from custseg.io import read_table

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

JOB = """
as_of = 2026-06-30
{engine}
[tables]
customers = "people.csv"
transactions = "orders.csv"
reps = "reps.csv"
[names.transactions]
at = "paid_at"
[pipeline]
dedupe = false
[pipeline.tier]
kind = "tier-plan"
cutter = {{ kind = "thresholds", at = [100.0, 1000.0] }}
[output]
folder = "out"
format = "{form}"
"""
FILES = {
    "people.csv": "customer_id,name,region,phone,consent\n"
    "001,李伟,华东,,是\n002,Anna Smith,华南,,是\n"
    "003,,华东,,否\n004,王芳,华东,13800000001,\n005, 王芳 ,华东,13800000001,是\n",
    "orders.csv": "customer_id,paid_at,amount\n001,2026-06-01,2000\n002,2025-01-01,300.5\n"
    ",2026-01-01,1\n005,2026-05-01,\n004,2026-02-01,70\n",
    "reps.csv": "rep_id,region,capacity\nR1,华东,5\nR2,华南,5\n",
}


@pytest.fixture
def job(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def write(engine="", form="csv"):
        file = tmp_path / "job.toml"
        file.write_text(JOB.format(engine=engine, form=form), encoding="utf-8")
        return str(file)

    return write


def said(capsys, *words):
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def rows(path):
    held = table(read_table(path))
    columns = {name: held.values(name) for name in held.columns}
    made = [  # pandas has no days: in a Parquet file that it writes they are midnights
        {
            n: str(one.words[one.at[i]]).removesuffix(" 00:00:00") if one.at[i] >= 0 else None
            for n, one in columns.items()
        }
        for i in range(held.size)
    ]
    return sorted(made, key=lambda row: row["customer_id"])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_engine_decides_the_same(job, form, capsys):
    pytest.importorskip("polars")
    file = job(form=form)
    told = {}
    for engine in ("pandas", "duckdb", "polars"):
        done = said(capsys, "run", file, "--engine", engine, "--out", f"{file}.{engine}")
        for name in ("written", "engine", "text"):
            done.pop(name)
        written = rows(f"{file}.{engine}/customers.{form}"), rows(f"{file}.{engine}/actions.{form}")
        told[engine] = (done, *written)
    assert told["duckdb"][1:] == told["pandas"][1:]
    assert told["polars"][1:] == told["pandas"][1:]
    for engine in ("duckdb", "polars"):
        for part in ("stamp", "customers", "counts", "actions", "allocation"):
            assert told[engine][0][part] == told["pandas"][0][part], (engine, part)


@pytest.mark.parametrize(
    ("asked", "line"), [(None, "read by DuckDB"), ("polars", "stay in Polars")]
)
def test_a_run_says_in_one_line_what_read_its_tables(job, asked, line, capsys):
    words = [] if asked is None else ["--engine", asked]
    assert main(["run", job(), *words]) == 0
    assert [line in each for each in capsys.readouterr().out.splitlines()].count(True) == 1


def test_tables_stay_in_the_engine_where_they_are_large(job, monkeypatch, capsys):
    monkeypatch.setattr(engines, "LARGE", 10)
    done = said(capsys, "run", job(form="parquet"))
    assert done["engine"] == "duckdb"
    assert "stay in DuckDB" in done["text"]


def test_the_job_file_chooses_and_the_command_line_overrides(job, capsys):
    assert said(capsys, "run", job('engine = "pandas"'))["engine"] == "pandas"
    assert said(capsys, "run", job('engine = "pandas"'), "--engine", "duckdb")["engine"] == "duckdb"


def test_an_unknown_engine_is_refused(job, capsys):
    assert main(["run", job('engine = "duckbd"')]) == 2
    assert "Did you mean 'duckdb'" in capsys.readouterr().err
    with pytest.raises(ConfigError, match="no engine"), engines.reader("spark", ()):
        pass


def test_without_an_engine_everything_is_read_by_pandas(job, monkeypatch, capsys):
    monkeypatch.setattr(engines, "_there", lambda package: package != "duckdb")
    done = said(capsys, "run", job())
    assert done["engine"] == "pandas"
    assert "DuckDB" not in done["text"]


def test_nothing_is_left_behind(job, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "scratch").mkdir()
    said(capsys, "run", job(), "--engine", "duckdb")
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("engine", ["pandas", "duckdb", "polars"])
def test_one_customer_is_explained_wherever_it_is(job, engine, capsys):
    done = said(capsys, "explain", job(), "--customer", "001", "--engine", engine)
    assert done["customer"] == "001"
    assert done["parts"]["tier"]["decision"]["tier"] == "high"
