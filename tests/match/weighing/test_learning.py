"""Weights learnt from pairs alone: known shares are found, small and odd tables get sense."""

import attrs
import numpy as np
import pytest

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.match.weighing.learning import Learnt, learn
from custseg.match.weighing.patterns import Patterns, patterns


@attrs.frozen
class Plain:
    """As much of a comparison as learning reads."""

    name: str
    levels: tuple[str, ...] = ("exact", "close", "else")
    typical: tuple[float, ...] = (0.8, 0.15, 0.05)
    rare: tuple[float, ...] = (0.001, 0.009, 0.99)
    term_frequency: bool = False
    columns: tuple[str, ...] = ()


NAMES = ("name", "phone", "email", "city")
COMPARISONS = [Plain(name) for name in NAMES]
M = np.array([[0.7, 0.2, 0.1], [0.9, 0.06, 0.04], [0.6, 0.3, 0.1], [0.8, 0.1, 0.1]])
U = np.array([[0.01, 0.09, 0.9], [0.001, 0.004, 0.995], [0.002, 0.008, 0.99], [0.05, 0.1, 0.85]])
RECORDS = 4000
POSSIBLE = RECORDS * (RECORDS - 1) // 2


def expected(matches: float) -> Patterns:
    """All pairs in proportion to their probability: what an endless table would show.

    Pass 0 holds the pairs whose phones agree, pass 1 those whose names do.
    """
    grid = np.stack(np.meshgrid(*[[1, 2, 3]] * 4, indexing="ij"), axis=-1).reshape(-1, 4)
    per = [np.prod([table[k, grid[:, k] - 1] for k in range(4)], axis=0) for table in (M, U)]
    counts = np.rint(1000 * (matches * per[0] + (POSSIBLE - matches) * per[1])).astype(np.int64)
    masks = (grid[:, 1] == 1) * 1 + (grid[:, 0] == 1) * 2
    held = masks > 0
    return Patterns(masks[held], grid[held].astype(np.int8), counts[held])


def taught(found: Patterns, rates: list[Floats] | None = None, times: int = 1000) -> Learnt:
    held = [("phone",), ("name",)]
    return learn(found, COMPARISONS, rates or list(U), held=held, possible=times * POSSIBLE)


def test_the_shares_that_made_the_pairs_are_found() -> None:
    learnt = taught(expected(matches=1500.0))
    for k, one in enumerate(learnt.weights.comparisons):
        assert one.m == pytest.approx(tuple(M[k]), abs=0.01), one.name
    # Matches that neither pass holds are not seen: 3 % of them differ in name and phone.
    seen = 1 - (1 - M[0, 0]) * (1 - M[1, 0])
    assert learnt.weights.prior == pytest.approx(seen * 1500 / POSSIBLE, rel=0.03)
    assert learnt.warnings == ()


def test_what_a_pass_fixes_is_learnt_from_the_others() -> None:
    learnt = taught(expected(matches=1500.0))
    assert [one.trained for one in learnt.sessions] == [
        (True, False, True, True),
        (False, True, True, True),
    ]


def test_a_comparison_that_every_pass_fixes_weighs_what_is_usual_and_says_so() -> None:
    found = expected(matches=1500.0)
    held = [("phone", "city"), ("name", "city")]
    learnt = learn(found, COMPARISONS, list(U), held=held, possible=1000 * POSSIBLE)
    assert learnt.weights.comparisons[3].m == pytest.approx((0.8, 0.15, 0.05), abs=0.06)
    (why,) = learnt.warnings
    assert (why.code, why.settings) == ("match.untrained", {"compared": "compared.city"})


def test_three_records_give_sense() -> None:
    # Two of three share all but the spelling of the name.
    levels = [np.array([k], np.int8) for k in (2, 1, 1, 0)]
    found = patterns(np.array([1], np.uint32), levels, [3] * 4)
    rates = [np.array([0.0, 1 / 3, 2 / 3]), *[np.array([1 / 3, 0.0, 2 / 3])] * 2, np.zeros(3)]
    learnt = learn(found, COMPARISONS, rates, held=[("phone",), ("name",)], possible=3)
    weight = sum(
        one.bits[k - 1] for one, (k,) in zip(learnt.weights.comparisons, levels, strict=True) if k
    )
    assert learnt.weights.start < 0
    assert weight + learnt.weights.start / 100 > 10
    assert all(min(one.m) > 0 and min(one.u) > 0 for one in learnt.weights.comparisons)


def test_no_pairs_at_all_weigh_what_is_usual() -> None:
    nothing = patterns(np.zeros(0, np.uint32), [np.zeros(0, np.int8)] * 4, [3] * 4)
    learnt = learn(nothing, COMPARISONS, [np.zeros(3)] * 4, held=[("phone",)], possible=0)
    assert [one.m for one in learnt.weights.comparisons] == [pytest.approx((0.8, 0.15, 0.05))] * 4
    assert {r.code for r in learnt.warnings} == {"match.untrained"}
    assert 0 < learnt.weights.prior < 1


def test_a_table_without_doubles_is_not_made_to_have_some() -> None:
    learnt = taught(expected(matches=0.0))
    assert learnt.matches < 50 * 1000  # of 8 million pairs, counted a thousand times


def test_a_pass_cannot_fix_what_is_not_compared() -> None:
    with pytest.raises(ConfigError, match="fixes"):
        learn(expected(1.0), COMPARISONS, list(U), held=[("fax",)], possible=10)
