"""Models of buying with any parameters, and any summaries for them."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from custseg.lifetime import (
    BGBBModel,
    BGNBDModel,
    Fitting,
    MBGCNBDModel,
    MBGNBDModel,
    ParetoNBDModel,
)

NOBODY = Fitting(0.0, 1.0)
SHAPES = st.sampled_from([0.01, 0.2, 0.5, 1.0, 1.0 + 1e-9, 2.0, 7.5, 60.0]) | st.floats(0.05, 20)
SCALES = st.sampled_from([0.1, 1.0, 12.0, 400.0]) | st.floats(0.1, 500)
LEAVING = {"fitting": st.just(NOBODY), "r": SHAPES, "alpha": SCALES, "a": SHAPES, "b": SHAPES}

BG = st.builds(BGNBDModel, **LEAVING)
MBG = st.builds(MBGNBDModel, **LEAVING)
REGULAR = st.builds(MBGCNBDModel, k=st.integers(1, 4), **LEAVING)
PARETO = st.builds(
    ParetoNBDModel, fitting=st.just(NOBODY), r=SHAPES, alpha=SCALES, s=SHAPES, beta=SCALES
)
CHANCES = st.builds(
    BGBBModel, fitting=st.just(NOBODY), alpha=SHAPES, beta=SHAPES, gamma=SHAPES, delta=SHAPES
)
IN_TIME = BG | MBG | REGULAR | PARETO


TRUE = {
    "r": 0.8,
    "alpha": 10.0,
    "a": 0.8,
    "b": 2.5,
    "alpha.age": 0.02,
    "alpha.channel=online": 0.5,
    "a.channel=online": 0.6,
    "b.channel=online": -0.2,
}


def differing(size, *, seed, first):
    """Customers whose rate of buying and chance to leave depend on age and channel."""
    rng = np.random.default_rng(seed)
    years = np.rint(rng.normal(40, 10, size))
    online = rng.random(size) < 0.4
    alpha = TRUE["alpha"] * np.exp(-0.02 * (years - 40) - 0.5 * online)
    pace = rng.gamma(TRUE["r"], 1 / alpha)
    p = rng.beta(TRUE["a"] * np.exp(0.6 * online), TRUE["b"] * np.exp(-0.2 * online))
    age = np.floor(rng.uniform(100, 200, size))
    x, last, time = np.zeros(size), np.zeros(size), np.zeros(size)
    alive = rng.random(size) > p if first else np.ones(size, dtype=bool)
    while alive.any():
        time = np.where(alive, time + rng.exponential(1, size) / pace, time)
        alive &= time <= age
        x, last = x + alive, np.where(alive, time, last)
        alive &= rng.random(size) > p
    channel = np.where(online, "online", "shop")
    columns = {"frequency": x, "recency": last, "T": age, "age": years, "channel": channel}
    return pd.DataFrame(columns)


@st.composite
def customers(draw, most=6):
    """Rows of a summary in whole days."""
    rows = []
    for _ in range(draw(st.integers(1, most))):
        x = draw(st.sampled_from([0, 0, 1, 2, 5, 40]))
        recency = draw(st.integers(x, 400)) if x else 0
        quiet = draw(st.sampled_from([0, 1, 30]) | st.integers(0, 900))
        rows.append({"frequency": x, "recency": float(recency), "T": float(recency + quiet)})
    return rows


@st.composite
def givers(draw):
    """Rows of a summary in chances to buy."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        last = draw(st.integers(0, 8))
        x = draw(st.integers(1, last)) if last else 0
        n = last + draw(st.integers(0, 6))
        rows.append({"frequency": x, "recency": float(last), "T": float(n)})
    return rows
