"""Equations solved in blocks are those of the library."""

import numpy as np
import pytest

from custseg.scoring.prior.cholesky import Lower


@pytest.mark.parametrize("size", [1, 2, 31, 32, 33, 64, 150])
def test_solution_and_determinant(size):
    draws = np.random.default_rng(size)
    root = draws.normal(size=(size, size))
    square = root @ root.T + 5 * np.eye(size)
    right = draws.normal(size=size)
    lower = Lower.of(square)
    assert lower.solve(right) == pytest.approx(np.linalg.solve(square, right))
    assert lower.logdet == pytest.approx(np.linalg.slogdet(square)[1])
