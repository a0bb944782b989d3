"""Where nobody leaves, any chance to leave that is small enough is as likely: no refusal."""

import numpy as np
import pytest

from custseg.lifetime import BGNBD, MBGNBD


def loyal(seed, size=600):
    """Customers who never leave, seen for two to six months."""
    chance = np.random.default_rng(seed)
    ages, rates = chance.integers(60, 200, size), chance.gamma(0.8, 1 / 50, size)
    rows = []
    for age, rate in zip(ages.tolist(), rates.tolist(), strict=True):
        days = np.unique(np.ceil(np.cumsum(chance.exponential(1 / rate, 200))))
        days = days[days < age]
        rows.append({"frequency": len(days), "recency": float(days[-1:].sum()), "T": float(age)})
    return rows


@pytest.mark.parametrize("spec", [BGNBD(), MBGNBD()])
@pytest.mark.parametrize("seed", [3, 4, 21, 22, 24])
def test_nobody_leaves_is_an_answer(spec, seed):
    model = spec.fit(loyal(seed))
    assert model.a / (model.a + model.b) < 0.1
