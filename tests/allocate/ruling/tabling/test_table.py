"""How rules are asked: by grid, by combinations that occur, or of every row."""

from itertools import pairwise

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate.ruling.tabling.table import chosen
from custseg.rules import F


def sets(found):
    return [found.sets[at] for at in found.at.tolist()]


def columns(fields, rows):
    draw = np.random.default_rng(3)
    return {name: draw.integers(0, 9, rows).astype(float) for name in fields}


@pytest.mark.parametrize("match", ["first", "all"])
def test_a_few_rows_of_many_columns_are_decided_by_the_combinations_that_occur(match):
    fields = [f"x{i}" for i in range(12)]
    some = columns(fields, 300)
    rules = [(F(f) > 3) & (F(g) < k) for k in (2, 5) for f, g in pairwise(fields)]
    table = chosen(rules, some, 300, match=match, way="table")
    masks = chosen(rules, some, 300, match=match, way="masks")
    assert (table.way, masks.way) == ("table", "masks")
    assert sets(table) == sets(masks)


def test_rows_that_repeat_are_a_table_and_rows_that_do_not_are_masks():
    fields = [f"x{i}" for i in range(8)]
    rules = [F(f) > k for f in fields for k in range(8)]
    rare = columns(fields, 20_000)
    assert chosen(rules, rare, 20_000).way == "masks"
    frequent = {name: np.tile(column[:100], 200) for name, column in rare.items()}
    assert chosen(rules, frequent, 20_000).way == "table"


def test_no_rule_holds_where_there_is_none():
    for match in ("first", "all"):
        assert sets(chosen((), {}, 2, match=match)) == [(), ()]
    assert sets(chosen((F("x") > 1,), {"x": np.zeros(0)}, 0)) == []


def test_more_rules_than_a_byte_counts():
    word = Codes(np.arange(300), tuple(map(str, range(300))))
    rules = [F("w") == str(i) for i in range(299)]
    assert sets(chosen(rules, {"w": word}, 300)) == [*((i,) for i in range(299)), ()]
