"""Day by day, a job leaves the files that it leaves of all days at once."""

import json

import pytest

import custseg as cs
from custseg.cli.main import DONE, REFUSED, main
from custseg.io import write_table

TABLES = ("customers", "interactions", "feedback", "visits", "opportunities", "reps")
CUT = "2026-06-01"


@pytest.fixture
def job(tmp_path):
    """Files of a company, its orders before a day and from then on, and jobs of all and of it."""
    crm = cs.datasets.crm(60, seed=5)
    for name in TABLES:
        write_table(getattr(crm, name), tmp_path / f"{name}.json")
    days = {"all": crm.transactions}
    days["old"] = [row for row in crm.transactions if str(row["paid_at"]) < CUT]
    days["new"] = [row for row in crm.transactions if str(row["paid_at"]) >= CUT]
    assert all(days.values())
    for name, rows in days.items():
        write_table(rows, tmp_path / f"{name}.csv")
    listed = "\n".join(f'{name} = "{name}.json"' for name in TABLES)
    rest = f'[conventions]\ntz = "Asia/Shanghai"\ncurrency = "CNY"\n[tables]\n{listed}\n'
    for name, orders in (("whole", "all"), ("daily", "new")):
        text = f'as_of = "{crm.recipe.end}"\n{rest}transactions = "{orders}.csv"\n'
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def told(capsys, *words):
    code = main([*map(str, words), "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out)


def test_day_by_day_leaves_what_all_at_once_leaves(job, capsys):
    assert told(capsys, "run", job / "whole.toml")[0] == DONE
    code, first = told(capsys, "update", job / "daily.toml", job / "old.csv", "--batch", "old")
    assert code == DONE
    assert first["update"]["batches"] == 1
    code, second = told(capsys, "update", job / "daily.toml")
    assert code == DONE
    assert second["update"]["batches"] == 2
    for name in ("customers.csv", "actions.csv", "policy.json", "calls.csv"):
        assert (job / "daily-out" / name).read_bytes() == (job / "whole-out" / name).read_bytes()
    code, again = told(capsys, "update", job / "daily.toml")
    assert code == DONE
    assert (again["update"]["again"], again["update"]["rows"]) == (1, 0)


def test_a_batch_delivered_twice_is_said(job, capsys):
    for name in ("one", "two"):
        words = ["update", str(job / "daily.toml"), "--batch", name, "--lang", "en"]
        assert main(words) == DONE
    assert "batches that hold what another one holds, too: two" in capsys.readouterr().out
    code, refused = told(
        capsys, "update", job / "daily.toml", job / "old.csv", "--batch", "one", "--lang", "zh"
    )
    assert code == REFUSED
    assert "already, with other transactions" in refused["error"]["message"]


def test_what_cannot_be_an_update_is_refused(job, capsys):
    words = ("update", job / "daily.toml", job / "old.csv", job / "new.csv")
    code, refused = told(capsys, *words, "--batch", "both")
    assert (code, "one by one" in refused["error"]["message"]) == (REFUSED, True)
    text = (job / "daily.toml").read_text(encoding="utf-8")
    (job / "none.toml").write_text(text.rpartition("transactions")[0], encoding="utf-8")
    code, refused = told(capsys, "update", job / "none.toml")
    assert (code, "today's transactions" in refused["error"]["message"]) == (REFUSED, True)
    assert not (job / "daily-out").exists()


def test_the_day_may_be_said_anew_each_night(job, capsys):
    for day in ("2026-05-01", "2026-06-15"):
        code, said = told(capsys, "update", job / "daily.toml", job / "old.csv", "--as-of", day)
        assert (code, said["stamp"]["as_of"]) == (DONE, day)
    text = (job / "whole.toml").read_text(encoding="utf-8")
    (job / "undated.toml").write_text(text.partition("\n")[2], encoding="utf-8")
    code, refused = told(capsys, "run", job / "undated.toml")
    assert (code, "--as-of" in refused["error"]["message"]) == (REFUSED, True)
    code, said = told(capsys, "run", job / "undated.toml", "--as-of", "2026-06-15")
    assert (code, said["stamp"]["as_of"]) == (DONE, "2026-06-15")
    code, refused = told(capsys, "run", job / "whole.toml", "--as-of", "today")
    assert (code, "--as-of: needs a day" in refused["error"]["message"]) == (REFUSED, True)


def test_rows_that_do_not_count_are_written_with_their_reason(job, capsys):
    text = (job / "new.csv").read_text(encoding="utf-8-sig")
    head, first, *rest = text.splitlines()
    paid = head.split(",").index("paid_at")
    broken = first.split(",")
    broken[paid] = ""
    (job / "new.csv").write_text("\n".join([head, ",".join(broken), *rest]), encoding="utf-8")
    for again in (False, True):  # an update that is run again writes them again
        code, said = told(capsys, "update", job / "daily.toml", "--left-out")
        assert (code, said["update"]["left_out"]) == (DONE, {} if again else {"missing_time": 1})
        fallen = cs.io.read_table(said["written"]["left_out-new"])
        assert (fallen["row"].tolist(), fallen["left_out"].tolist()) == ([0], ["missing_time"])
        (job / "daily-out" / "left_out-new.csv").unlink()
    code, said = told(capsys, "update", job / "daily.toml")
    assert "left_out-new" not in said["written"]
