import numpy as np
import pytest

from custseg.errors import DataError
from custseg.measures import cramers_v


def test_a_large_table_has_the_value_of_chi_squared():
    from scipy.stats.contingency import association

    table = np.array([[4000, 1000, 500], [1000, 3000, 2500]])
    assert cramers_v(table) == pytest.approx(association(table, method="cramer"), abs=2e-4)


def test_the_correction_is_that_of_bergsma():
    """By hand: chi-squared 10, phi 0.1, less 1/99; both sides 2 - 1/99."""
    table = np.array([[33, 17], [17, 33]])
    phi = 10.24 / 100
    expected = np.sqrt((phi - 1 / 99) / (1 - 1 / 99))
    assert cramers_v(table) == pytest.approx(expected)


def test_chance_alone_is_no_association():
    chance = np.random.default_rng(5)
    rows, columns = chance.integers(0, 20, 500), chance.integers(0, 3, 500)
    table = np.zeros((20, 3), dtype=int)
    np.add.at(table, (rows, columns), 1)
    assert cramers_v(table) < 0.1


def test_empty_classes_change_nothing():
    table = np.array([[30, 10, 0], [0, 0, 0], [10, 40, 0]])
    assert cramers_v(table) == cramers_v(np.array([[30, 10], [10, 40]]))


@pytest.mark.parametrize("table", [[[3, 4]], [[0, 0], [0, 0]], [[5], [7]], np.zeros((0, 0))])
def test_one_class_goes_with_nothing(table):
    assert np.isnan(cramers_v(np.array(table).reshape(np.shape(table))))


@pytest.mark.parametrize("table", [[1, 2], [[1, -1], [2, 3]], [[1, np.nan], [2, 3]]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(DataError, match="counts must be a table"):
        cramers_v(np.array(table))
