"""Weights of pairs: published ones, and those that an EM written out pair by pair finds."""

import math
from collections import Counter
from itertools import combinations

import attrs
import numpy as np
import pytest

from custseg._typing import Codes
from custseg.datasets import contacts
from custseg.match import Dedupe
from custseg.match.comparing.texts import Exact
from custseg.match.reading import Once
from custseg.match.weighing.learning import learn
from custseg.match.weighing.patterns import patterns
from custseg.match.weighing.related import kin, taken_off, with_related
from custseg.match.weighing.sessions import STRENGTH, Shares, session
from custseg.match.weighing.weights import LevelWeights, Weights, probability

MONTH = LevelWeights("month", ("exact", "else"), (0.95, 0.05), (1 / 12, 11 / 12))
STREET = LevelWeights("street", ("exact", "else"), (0.9, 0.1), (0.01, 0.99))


def test_the_month_of_birth_as_in_textbooks():
    """Wikipedia, "Record linkage": m .95, u 1/12; agreement 3.51, difference -4.20."""
    assert MONTH.bits == (3.51, -4.20)


def test_the_street_as_in_a_manual():
    """Esri, "How does ArcView geocoding compute weight for each field": log2(.9 / .01) = 6.49."""
    assert STREET.bits[0] == 6.49


def test_weights_turn_prior_odds_into_posterior_odds():
    """Fellegi and Sunter with Bayes: the same by odds, without logarithms."""
    weights = Weights((MONTH, STREET), prior=0.01)
    total = weights.start / 100 + MONTH.bits[0] + STREET.bits[0]
    odds = 0.01 / 0.99 * (0.95 / (1 / 12)) * (0.9 / 0.01)
    assert probability(total) == pytest.approx(odds / (1 + odds), abs=0.002)


# A small table: what a person is called, where she lives, when she was born.
PEOPLE = [
    *(("ann", "ulm", "1990"), ("ann", "ulm", "1990"), ("bob", "bonn", "1971")),
    *(("bob", "kiel", "1971"), ("eve", "ulm", "1982"), ("eve", "ulm", "1983")),
    *(("tom", "bonn", "1965"), ("ann", "kiel", "1965"), ("tom", "bonn", "1965")),
    *(("zoe", "ulm", ""), ("zoe", "", "1999"), ("ian", "kiel", "1990")),
]
COMPARISONS = [Exact("name"), Exact("city"), Exact("born")]
PAIRS = list(combinations(range(len(PEOPLE)), 2))
LEVELS = [
    [0 if "" in (a, b) else 1 if a == b else 2 for a, b in zip(PEOPLE[i], PEOPLE[j], strict=True)]
    for i, j in PAIRS
]
U = [(0.1, 0.9), (0.3, 0.7), (0.05, 0.95)]


def chance(levels, m, share):
    """The probability that a pair is a match, by odds."""
    odds = share / (1 - share)
    for k, level in enumerate(levels):
        odds *= m[k][level - 1] / U[k][level - 1] if level else 1.0
    return odds / (1 + odds)


def by_hand(pairs, share, rounds):
    """EM on pairs one by one: expected matches, then the shares of the levels among them."""
    usual = [[level / sum(one.typical) for level in one.typical] for one in COMPARISONS]
    m = [list(one) for one in usual]
    for _ in range(rounds):
        likely = [chance(levels, m, share) for levels in pairs]
        for k in range(3):
            counts = [STRENGTH * one for one in usual[k]]
            for place in (1, 2):
                at = [c for c, levels in zip(likely, pairs, strict=True) if levels[k] == place]
                counts[place - 1] += math.fsum(at)
            m[k] = [one / math.fsum(counts) for one in counts]
        share = math.fsum(likely) / len(pairs)
    return m, math.fsum(likely)


def counted(pairs):
    levels = [np.array(column, dtype=np.int8) for column in zip(*pairs, strict=True)]
    return patterns(np.ones(len(pairs), dtype=np.uint32), levels, [2, 2, 2])


def test_a_session_is_what_em_finds_pair_by_pair():
    known = Shares([np.array(one.typical) for one in COMPARISONS], [np.array(one) for one in U])
    found = session(0, np.zeros(3, dtype=bool), counted(LEVELS), known)
    m, matches = by_hand(LEVELS, 0.01, found.rounds)
    assert found.rounds > 5
    for here, there in zip(found.m, m, strict=True):
        assert here == pytest.approx(there, abs=1e-9)
    assert found.matches == pytest.approx(matches, abs=1e-9)


def test_the_share_of_matches_is_its_own_expectation():
    """Half a match, half a double a record and a thousand strangers are added."""
    columns = {}
    for k, one in enumerate(COMPARISONS):
        words = sorted({row[k] for row in PEOPLE} - {""})
        at = [words.index(row[k]) if row[k] else -1 for row in PEOPLE]
        columns[one.name] = Codes(np.array(at), tuple(words))
    rates = [one.prepare(Once(columns)).chances() for one in COMPARISONS]
    learnt = learn(counted(LEVELS), COMPARISONS, rates, held=[()], possible=len(PAIRS))
    weights, odds = learnt.weights, []
    for levels in LEVELS:
        ratio = weights.prior / (1 - weights.prior)
        for one, level in zip(weights.comparisons, levels, strict=True):
            ratio *= one.m[level - 1] / one.u[level - 1] if level else 1.0
        odds.append(ratio / (1 + ratio))
    share = (math.fsum(odds) + 0.5) / (len(PAIRS) + 0.5 * len(PEOPLE) + 1_000)
    assert weights.prior == pytest.approx(share, rel=1e-6)


NAME = LevelWeights("name", ("exact", "half", "else"), (0.9, 0.02, 0.08), (0.001, 0.03, 0.969))
PHONE = LevelWeights("phone", ("exact", "else"), (0.9, 0.1), (0.0001, 0.9999))
ROOF = (NAME, PHONE)
SEEN = {(1, 1): 90, (1, 2): 12, (2, 1): 70, (2, 2): 3_000, (3, 1): 25, (3, 2): 80_000}
RELATED = ((0.5 * 0.001 / 0.97, 0.5, 0.5 * 0.969 / 0.97), (0.9, 0.1))


def likelihoods(levels):
    """How probable the levels are of one customer, of two under one roof, and of strangers."""
    sides = [one.m for one in ROOF], RELATED, [one.u for one in ROOF]
    return [math.prod(s[k][level - 1] for k, level in enumerate(levels)) for s in sides]


def test_three_kinds_of_pairs_are_told_apart_as_by_hand():
    """The same mixture of three, its shares found by plain EM on the counts."""
    possible = 10**6
    one, kind = 0.0001, 0.0001
    for _ in range(3_000):
        matches = relatives = 0.0
        for levels, count in SEEN.items():
            m, r, u = likelihoods(levels)
            whole = one * m + (1 - one) * (kind * r + (1 - kind) * u)
            matches += count * one * m / whole
            relatives += count * (1 - one) * kind * r / whole
        one, kind = (matches + 0.5) / (possible + 0.5 * 1414.7), (relatives + 0.5) / possible
    levels = [np.array(column, dtype=np.int8) for column in zip(*SEEN, strict=True)]
    masks = np.ones(len(SEEN), dtype=np.uint32)
    found = attrs.evolve(patterns(masks, levels, [3, 2]), counts=np.array(list(SEEN.values())))
    weights = with_related(Weights(ROOF, 1e-4, shared=("phone",)), found, possible)
    assert weights.prior == pytest.approx(one, rel=0.01)
    assert weights.related == pytest.approx(kind, rel=0.01)
    for levels in SEEN:
        m, r, u = likelihoods(levels)
        exact = math.log2(one * m / ((1 - one) * (kind * r + (1 - kind) * u)))
        said = sum(int(w.hundredths[level]) for w, level in zip(ROOF, levels, strict=True))
        alike = sum(int(kin(weights, w)[level]) for w, level in zip(ROOF, levels, strict=True))
        off = taken_off(weights, np.array([alike]), np.array([0]), np.array([True]))
        assert (weights.start + said - int(off[0])) / 100 == pytest.approx(exact, abs=0.05)


@pytest.mark.parametrize("seed", [1, 2])
def test_as_many_doubles_as_there_are_with_no_guess(seed):
    made = contacts(1_500, locale="mixed", seed=seed)
    matcher = Dedupe.preset("contact", locale="mixed", names={"id": "record_id"}).fit(made.records)
    sizes = Counter(row["entity_id"] for row in made.truth).values()
    truth = sum(size * (size - 1) // 2 for size in sizes)
    records = len(made.records)
    share = truth / (records * (records - 1) // 2)
    assert matcher.learnt.weights.prior == pytest.approx(share, rel=0.1)
