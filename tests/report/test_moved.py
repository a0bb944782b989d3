import pytest

import custseg as cs
from custseg.errors import MissingColumnError
from custseg.io import read_table, write_table
from custseg.report.moved import moved


def test_flows_are_those_of_the_rows(run, earlier):
    found = moved(run, earlier)
    then = {row["customer_id"]: row for row in earlier.customers}
    now = {row["customer_id"]: row for row in run.customers}
    assert (found.came, found.gone) == (
        len(now.keys() - then.keys()),
        len(then.keys() - now.keys()),
    )
    assert found.both == len(now.keys() & then.keys())
    assert found.since == earlier.day
    for name, flows in found.flows.items():
        counted = {}
        for key in now.keys() & then.keys():
            pair = then[key][name], now[key][name]
            counted[pair] = counted.get(pair, 0) + 1
        assert flows.moves == counted
        for word in flows.words:
            assert flows.before(word) == sum(row[name] == word for row in then.values())
            assert flows.after(word) == sum(row[name] == word for row in now.values())
    up = found.flows["tier"].turned(up=True)
    assert up + found.flows["tier"].turned(up=False) == found.flows["tier"].changed


def test_the_file_of_the_last_run_says_the_same(run, earlier, tmp_path):
    told = moved(run, earlier)
    for form in ("csv", "json", "parquet"):
        read = read_table(write_table(earlier.customers, tmp_path / f"c.{form}"))
        found = moved(run, read)
        assert (found.flows, found.both, found.came, found.gone) == (
            told.flows,
            told.both,
            told.came,
            told.gone,
        )
        assert (found.recent, found.since) == (told.recent, told.since)


def test_numbers_and_their_texts_are_the_same_customers():
    orders = [{"customer_id": i, "paid_at": "2026-01-01", "amount": 1} for i in (1, 2)]
    run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    last = [{"customer_id": "1", "lifecycle": "active"}, {"customer_id": "01", "lifecycle": None}]
    found = moved(run, last)
    assert (found.both, found.came, found.gone) == (1, 1, 1)
    assert found.flows["lifecycle"].gone == {"unknown": 1}
    assert found.recent is None


def test_a_table_without_ids_is_refused(run):
    with pytest.raises(MissingColumnError, match="customer_id"):
        moved(run, [{"id": 1}])
