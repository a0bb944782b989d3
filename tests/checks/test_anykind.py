"""What takes tables must not mind their kind, nor the order of their rows, nor change them."""

import pandas as pd
import pytest

from custseg import frames
from custseg.checks import BrokenLawError
from custseg.checks.anykind import any_table
from custseg.checks.kinds import answers

CUSTOMERS = [{"id": f"c{i}", "spent": float(i)} for i in range(4)]
REPS = [{"rep": "r1"}, {"rep": "r2"}]


def honest(customers, reps):
    opened, team = frames.table(customers), frames.table(reps).size
    spent = opened.read({"spent": "number"})["spent"]
    return answers(opened.attach({"share": spent / team}), ("share",), "id")


def first_wins(customers, reps):
    opened = frames.table(customers)
    return answers(opened.attach({"rank": list(range(opened.size))}), ("rank",), "id")


def forgetful(customers, reps):
    found = honest(customers, reps)
    if isinstance(customers, list):
        customers[0]["spent"] = 99.0
    return found


def partial_to_pandas(customers, reps):
    found = honest(customers, reps)
    return dict.fromkeys(found, (0,)) if isinstance(customers, pd.DataFrame) else found


def grasping(customers, reps):
    found = honest(customers, reps)
    if isinstance(reps, pd.DataFrame):
        reps["rep"] = "r3"
    return found


def test_who_keeps_the_laws_has_them_named():
    laws = list(any_table((CUSTOMERS, REPS), honest, "sharing"))
    assert laws[:3] == ["input unchanged", "row order", "kind records"]
    assert "kind pandas" in laws


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (first_wins, 'law "row order" is broken: 4 of 4 differ'),
        (forgetful, "sharing changed the records"),
        (partial_to_pandas, 'law "kind pandas'),
        (grasping, "sharing changed the pandas"),
        (lambda *_: [].pop(), 'law "sample" is broken: IndexError'),
    ],
    ids=["order", "records", "kind", "table", "error"],
)
def test_who_breaks_one_is_told_which(found, said):
    samples = ([dict(row) for row in CUSTOMERS], REPS)
    with pytest.raises(BrokenLawError, match=said):
        list(any_table(samples, found, "sharing"))
