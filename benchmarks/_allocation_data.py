"""Customers and representatives to share out: territory, industry, tier, language, personal fit.

Whole points: territory 40, industry 25, tier beside seniority 20, language 10 thousand, and a
personal fit of up to 10 thousand for each pair, so that no two customers are alike. Places add up
to 1.05 customers, more for the senior; everybody must get half of that.
"""

import numpy as np

TIMES = 1000
BLOCK = 65_536


def words(rng, count, size, power=0.0):
    """Words, the first the most common."""
    often = np.arange(1, size + 1) ** -power
    return rng.choice(size, count, p=often / often.sum()).astype(np.int16)


def features(customers, reps, seed=7):
    rng = np.random.default_rng(seed)
    people = {"region": words(rng, customers, 30, 1.0), "industry": words(rng, customers, 20, 0.7)}
    people["tier"] = rng.choice(3, customers, p=[0.1, 0.3, 0.6]).astype(np.int16)
    people["language"] = rng.choice(3, customers, p=[0.7, 0.2, 0.1]).astype(np.int16)
    team = {"region": words(rng, reps, 30, 1.0), "industry": words(rng, reps, 20, 0.7)}
    team["tier"] = rng.choice(3, reps, p=[0.25, 0.35, 0.4]).astype(np.int16)
    team["language"] = rng.choice(3, reps, p=[0.6, 0.25, 0.15]).astype(np.int16)
    return people, team


def scores(people, team):
    """The points of what both sides say."""
    found = np.zeros((len(people["tier"]), len(team["tier"])), dtype=np.int32)
    for name, worth in (("region", 40), ("industry", 25), ("language", 10)):
        found += worth * (people[name][:, None] == team[name])
    found += 20 - 10 * np.abs(people["tier"][:, None] - team["tier"])
    return found * TIMES


def limits(customers, team):
    strength = np.array([1.5, 1.2, 0.8])[team["tier"]]
    hi = np.ceil(customers * 1.05 * strength / strength.sum()).astype(np.int64)
    return hi // 2, hi


def instance(customers, reps):
    """Points n x m as int32, the limits, and who has the territory of whom."""
    people, team = features(customers, reps)
    rng = np.random.default_rng(8)
    points = np.empty((customers, reps), dtype=np.int32)
    for start in range(0, customers, BLOCK):
        some = slice(start, start + BLOCK)
        points[some] = scores({name: column[some] for name, column in people.items()}, team)
        points[some] += rng.integers(0, 10_000, points[some].shape, dtype=np.int32)
    return points, *limits(customers, team), (people["region"], team["region"])


def classes(customers, reps):
    """The class of each customer, the points of each class, and the limits."""
    people, team = features(customers, reps)
    code = np.zeros(customers, dtype=np.int64)
    for name, size in (("region", 30), ("industry", 20), ("tier", 3), ("language", 3)):
        code = code * size + people[name]
    _, first, at = np.unique(code, return_index=True, return_inverse=True)
    some = {name: column[first] for name, column in people.items()}
    return at.astype(np.int16), scores(some, team), *limits(customers, team)
