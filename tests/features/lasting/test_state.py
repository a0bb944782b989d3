"""What a state refuses, and what it says of itself."""

import json

import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import TransactionState

DAY = [{"customer_id": "a", "at": "2026-06-30 10:00", "amount": 4.0, "currency": "CNY"}]


def test_two_currencies_are_refused_as_in_one_table():
    state = TransactionState.of(DAY)
    with pytest.raises(DataError, match="amounts in USD where there were amounts in CNY"):
        state.append([{**DAY[0], "currency": "USD"}])
    rates = cs.Conventions(currency="CNY", rates={"USD": 7.0})
    dollars = [{**DAY[0], "currency": "USD"}]
    both = TransactionState.of(DAY, conventions=rates).append(dollars)
    assert both.summary(as_of="2026-06-30", also="revenue")[0]["revenue"] == 32.0


def test_the_time_of_the_day_tells_batches_apart():
    state = TransactionState.of(DAY)
    later = state.append([{**DAY[0], "at": "2026-06-30 11:00"}])
    assert len(later) == 2
    assert len(later.bundles[0]) == 1
    assert cs.profile(transactions=later, as_of="2026-06-30")[0]["orders"] == 2


def test_empty_batches_need_no_name():
    state = TransactionState.of([]).append([]).append(DAY)
    assert (len(state), len(state.taken)) == (1, 1)
    assert TransactionState.of([], batch="day of rest").taken["day of rest"].rows == 0


def test_states_of_other_conventions_are_not_merged():
    one = TransactionState.of(DAY)
    two = TransactionState.of(DAY, cs.Names(amount=""), batch="two")
    with pytest.raises(ConfigError, match="same names and conventions"):
        one.merged(two)


def test_ids_of_another_type_are_refused():
    with pytest.raises(DataError, match="ids are"):
        TransactionState.of(DAY).append([{**DAY[0], "customer_id": 17}], batch="17")


def test_a_table_that_is_no_state_is_refused():
    state = TransactionState.of([{**DAY[0], "order_id": "x"}])
    table, header = state.table(), state.header()
    with pytest.raises(MissingColumnError, match="units"):
        TransactionState.of_table([{"customer_id": "a", "day": None}], header)
    for name, wrong in (("customer_id", None), ("units", 0.5), ("count", 0), ("order", 2.5)):
        with pytest.raises(DataError, match=name):
            TransactionState.of_table([{**table[0], name: wrong}], header)
    with pytest.raises(ConfigError, match="version 0"):
        TransactionState.of_table(table, {**header, "schema_version": 0})


def test_a_column_that_a_state_needs_is_not_an_id():
    rows = [{"day": "a", "at": "2026-06-30", "amount": 4.0}]
    state = TransactionState.of(rows, cs.Names(customer="day"))
    with pytest.raises(DataError, match="called as a column of a state"):
        state.table()


def test_money_beyond_floats_is_kept_exactly():
    much = [{**DAY[0], "amount": 9e11}, {**DAY[0], "amount": 0.0001}]
    state = TransactionState.of(much)
    kept = TransactionState.of_table(state.table(), json.loads(json.dumps(state.header())))
    assert kept.bundles[0].rows.units.tolist() == [9 * 10**15 + 1]


def test_what_was_measured_is_kept_while_it_holds():
    rows = [{"customer_id": f"c{i}", "at": "2026-01-05", "amount": 1} for i in range(40)]
    state = TransactionState.of(rows).measured(as_of="2026-06-30")
    grown = state.append(DAY)
    assert grown.kept is not None
    whole = cs.TransactionLog.of([*rows, *DAY])
    assert grown.summary(as_of="2026-06-30") == whole.summary(as_of="2026-06-30")


def test_what_a_batch_holds_is_told_by_all_of_it():
    """Words by what they say and not by their place; costs too."""
    order = {"customer_id": "a", "at": "2026-06-30", "amount": 60, "category": "tea", "cost": 20}
    state = TransactionState.of([order], batch="one")
    for name, value in {"category": "cups", "cost": 30, "amount": 59}.items():
        grown = state.append([{**order, name: value}])
        assert (len(grown), grown.repeated) == (2, ()), name


def test_a_batch_without_a_name_is_known_under_the_name_it_came_by():
    order = {"customer_id": "a", "at": "2026-06-30", "amount": 60}
    state = TransactionState.of([order], batch="June 30")
    with pytest.raises(DataError, match="taken in already"):
        state.append([order])


def test_batches_of_which_nothing_counts_are_not_the_same_batch():
    state = TransactionState.of([{"customer_id": "a", "at": "2026-06-29", "amount": 60}])
    for _ in range(2):
        state = state.append([{"customer_id": None, "at": "2026-06-30", "amount": 60}])
    assert state.report.left_out == {"null_id": 2}
    assert len(state) == 1
