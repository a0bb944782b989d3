from datetime import date

import pytest

from custseg.checks import kinds as home
from custseg.checks.kinds import answers, as_kind, contents, kinds, same, told
from custseg.errors import MissingDependencyError

ROWS = [
    {"customer_id": "00017", "revenue": 1.0, "since": date(2026, 6, 30)},
    {"customer_id": "2", "revenue": None, "since": None},
]


def test_every_kind_holds_the_same():
    names = [name for name, _ in kinds(ROWS)]
    assert names[:3] == ["records", "generator", "pandas"]
    assert len(names) == 10
    for name in names:
        assert same(contents(as_kind(name, ROWS)), contents(ROWS)), name


def test_what_is_not_installed_is_left_out(monkeypatch):
    def absent(_):
        package = "duckdb"
        raise MissingDependencyError(package, package)

    monkeypatch.setitem(home._MAKERS, "duckdb", absent)
    assert "duckdb" not in dict(kinds(ROWS))
    with pytest.raises(MissingDependencyError):
        as_kind("duckdb", ROWS)


def test_answers_are_told_apart_by_customer():
    one = answers(ROWS, ("revenue",), "customer_id")
    other = {**one, "2": (5.0,)}
    assert one == {"00017": (1.0,), "2": (None,)}
    assert not same(one, other)
    assert told(one, other) == "1 of 2 differ: 2 is (5.0,), not (None,)"
