import json

import pytest

import custseg as cs
from custseg.cli import main

PEOPLE = "customer_id,territory,revenue\n007,北区,900\n008,北区,50\n009,南区,10\n"
TEAM = "rep_id,territory,capacity\n01,北区,1\n02,南区,5\n"
SETTINGS = (
    'priority = [{ kind = "first", column = "revenue" }]\n'
    '[[wishes]]\nkind = "match-wish"\ncolumn = "territory"\nrequired = true\n'
)


@pytest.fixture
def files(tmp_path):
    made = {"people.csv": PEOPLE, "team.csv": TEAM, "spec.toml": SETTINGS}
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(files, *options):
    return main(["allocate", str(files / "people.csv"), str(files / "team.csv"), *options])


def test_owners_loads_and_who_is_left_are_written(files, capsys):
    assert run(files, "--settings", str(files / "spec.toml"), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["written"]) == {"customers", "reps", "unassigned", "data", "page"}
    rows = cs.io.read_table(said["written"]["customers"], text=["customer_id", "owner"])
    assert rows["owner"].fillna("").tolist() == ["01", "", "02"]
    left = cs.io.read_table(said["written"]["unassigned"], text=["customer_id"])
    assert left.to_numpy().tolist() == [["008", "capacity_full"]]
    assert (files / "people-plan" / "plan.html").is_file()


def test_without_settings_the_usual_wishes_are_taken(files, capsys):
    assert run(files, "--lang", "zh") == 0
    assert "3 位客户中 3 位有负责人" in capsys.readouterr().out


def test_one_customer_is_explained(files, capsys):
    assert run(files, "--settings", str(files / "spec.toml"), "--customer", "008") == 0
    assert "everybody who is eligible is full" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wishes = 3", "wishes"),
        ("kind = 'greedy'", "settings of Allocation are needed"),
        ("[", "cannot read"),
    ],
)
def test_settings_that_are_none_are_refused(files, capsys, text, said):
    (files / "spec.toml").write_text(text, encoding="utf-8")
    assert run(files, "--settings", str(files / "spec.toml")) == 2
    assert said in capsys.readouterr().err


def test_a_review_moves_nobody(files, capsys):
    owned = PEOPLE.replace("revenue\n", "revenue,owner\n").replace("900\n", "900,09\n")
    (files / "people.csv").write_text(owned.replace("50\n", "50,\n").replace(",10\n", ",10,02\n"))
    asked = ["review", str(files / "people.csv"), str(files / "team.csv"), "--as-of", "2026-06-30"]
    assert main([*asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    rows = cs.io.read_table(said["written"]["customers"], text=["owner"])
    assert rows["owner"].fillna("").tolist() == ["09", "", "02"]
    assert (files / "people-review" / "review.html").is_file()


def test_who_leaves_gives_customers_away_and_takes_them_back(files, capsys):
    assert run(files, "--json") == 0
    first = json.loads(capsys.readouterr().out)["written"]["customers"]
    asked = [first, str(files / "team.csv"), "--as-of", "2026-06-30", "--leaves", "01"]
    assert main(["rebalance", *asked, "--per-day", "1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    rows = cs.io.read_table(said["written"]["customers"], text=["owner", "owner_before"])
    assert set(rows["owner"]) == {"02"}
    assert len(cs.io.read_table(said["written"]["moves"])) == 1
    assert main(["undo", said["written"]["customers"], said["written"]["data"]]) == 0
    assert "1 change taken back" in capsys.readouterr().out
    back = files / "people-plan" / "customers-rebalance" / "customers-undone.csv"
    owners = cs.io.read_table(back, text=["owner"])["owner"].tolist()
    assert owners == cs.io.read_table(first, text=["owner"])["owner"].tolist()


def test_a_journal_that_is_none_is_refused(files, capsys):
    (files / "j.json").write_text("[]")
    assert main(["undo", str(files / "people.csv"), str(files / "j.json")]) == 2
    assert "must hold settings by name" in capsys.readouterr().err


def test_a_number_of_a_file_is_found_by_its_text(files, capsys):
    rows = [{"customer_id": 7, "territory": "北区", "revenue": 1}]
    cs.io.write_table(rows, files / "people.json")
    named = [str(files / "people.json"), str(files / "team.csv")]
    assert main(["allocate", *named, "--customer", "7", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["explanation"]["decision"]["owner"] == "01"


def test_twice_the_same_files(files):
    spec = (
        'together = "territory"\npool = "open"\nunit = "lead"\n'
        'loads = [{ measure = "revenue", high = 1000 }]\n'
        'gates = [{ kind = "match-wish", column = "territory", required = true }]\n'
        'rules = { rules = [{ name = "home", when = { field = "territory", op = "present" }, '
        'to = { same = ["territory"] } }], fallback = { pool = "abroad" } }\n'
    )
    (files / "spec.toml").write_text(spec, encoding="utf-8")
    folders = [files / "one", files / "two"]
    for folder in folders:
        assert run(files, "--settings", str(files / "spec.toml"), "--out", str(folder)) == 0
    names = sorted(path.name for path in folders[0].iterdir())
    assert "carried.csv" in names
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    rows = cs.io.read_table(folders[0] / "customers.csv", text=["customer_id"])
    assert set(rows["owner_rule"]) == {"home"}


CALM = """
[rebalancing]
protected = { field = "open", op = ">", value = 0 }
moves = { count = 5 }
phases = { count = 7, start = "2026-07-04" }
"""


def test_how_to_rebalance_stands_in_the_settings_and_the_command_line_goes_before(files, capsys):
    people = "customer_id,territory,revenue,owner,open\n" + "".join(
        f"{k},南区,{k},01,{int(k == 3)}\n" for k in range(1, 5)
    )
    (files / "people.csv").write_text(people, encoding="utf-8")
    (files / "team.csv").write_text(TEAM.replace("北区,1", "北区,9"), encoding="utf-8")
    (files / "spec.toml").write_text(SETTINGS.replace("\nrequired = true", "") + CALM, "utf-8")
    asked = [str(files / name) for name in ("people.csv", "team.csv")]
    asked += ["--settings", str(files / "spec.toml"), "--as-of", "2026-06-30", "--json"]

    def moved(*more):
        assert main(["rebalance", *asked, *more]) == 0
        said = json.loads(capsys.readouterr().out)
        return [(move["customer_id"], move["day"]) for move in said["moves"]], said["totals"]

    assert sorted(moved()[0]) == [(k, "2026-07-04") for k in ("1", "2", "4")]
    days = ["2026-07-04", "2026-07-05", "2026-07-06"]
    assert [day for _, day in moved("--per-day", "1")[0]] == days
    assert moved("--moves", "0.25")[1]["moved"] == 1
    assert main(["review", *asked]) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rebalancing = 3", "must hold settings by name, got int"),
        ("[rebalancing]\nmovs = 3", "Did you mean 'moves'"),
        ("[rebalancing]\nkind = 'greedy'", "settings of Rebalancing are needed"),
    ],
)
def test_a_rebalancing_that_is_none_is_refused(files, capsys, text, said):
    (files / "spec.toml").write_text(text, encoding="utf-8")
    asked = [str(files / name) for name in ("people.csv", "team.csv")]
    asked += ["--settings", str(files / "spec.toml"), "--as-of", "2026-06-30"]
    assert main(["rebalance", *asked]) == 2
    assert said in capsys.readouterr().err
