"""What counts say of customers that they have not seen."""

import numpy as np
import pytest

from custseg.scoring.bayes.folding import out_of_fold
from custseg.scoring.effects.field import Cells

DRAWS = np.random.default_rng(5)
AT = DRAWS.integers(0, 3, 200)
WON = DRAWS.random(200) < np.array([0.1, 0.5, 0.8])[AT]


def test_each_customer_is_told_by_the_other_folds():
    """By hand: the folds are dealt in turn in the order of cells and outcome."""
    fold = np.empty(200, dtype=int)
    fold[np.lexsort((WON, AT))] = np.arange(200) % 5
    told = out_of_fold([Cells(AT, 3)], WON, 10.0)
    for i in (0, 17, 199):
        rest = fold != fold[i]
        cases, rows = WON[rest].sum(), rest.sum()
        rate = (cases + 0.5) / (rows + 1)
        own = rest & (AT[i] == AT)
        won = WON[own].sum() + 10 * rate
        assert told[i] == pytest.approx(np.log(won / (own.sum() + 10 - won)))


def test_the_order_of_rows_changes_what_is_told_of_nobody_but_equals():
    order = DRAWS.permutation(200)
    told = out_of_fold([Cells(AT, 3)], WON, 10.0)
    turned = out_of_fold([Cells(AT[order], 3)], WON[order], 10.0)
    assert sorted(turned.tolist()) == sorted(told.tolist())


def test_a_column_that_tells_nothing_is_told_to_tell_nothing():
    noise = DRAWS.integers(0, 50, 200)
    won = DRAWS.random(200) < 0.5
    told = out_of_fold([Cells(noise, 50)], won, 10.0)
    assert abs(np.corrcoef(told, won)[0, 1]) < 0.25
