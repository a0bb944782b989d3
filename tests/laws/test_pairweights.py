"""Laws of weights: either side first, any order of rows, and parts that add up."""

import attrs
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg._typing import Codes, Index
from custseg.match.weighing.account import pair_parts
from custseg.match.weighing.bits import weigh
from custseg.match.weighing.learning import learn
from custseg.match.weighing.patterns import patterns

LEVELS = ("exact", "close", "else")


@attrs.frozen
class Letters:
    """Words compared by themselves and by their first letters."""

    name: str
    columns: tuple[str, ...] = ()
    levels: tuple[str, ...] = LEVELS
    typical: tuple[float, ...] = (0.8, 0.15, 0.05)
    rare: tuple[float, ...] = (0.01, 0.09, 0.9)
    term_frequency: bool = True


@attrs.frozen(eq=False)
class Side:
    """A column of words, as codes."""

    codes: Codes

    @classmethod
    def of(cls, words: list[str]) -> "Side":
        known = tuple(sorted(set(words) - {""}))
        return cls(Codes(np.array([known.index(w) if w else -1 for w in words]), known))

    def levels(self, left: Index, right: Index) -> np.ndarray:
        words = np.array([*self.codes.words, ""], dtype="U2")
        one, other = words[self.codes.at[left]], words[self.codes.at[right]]
        alike = np.where(one.astype("U1") == other.astype("U1"), 2, 3)
        level = np.where(one == other, 1, alike)
        return np.where((one == "") | (other == ""), 0, level).astype(np.int8)

    def chances(self) -> np.ndarray:
        left, right = np.triu_indices(len(self.codes.at), 1)
        found = np.bincount(self.levels(left, right), minlength=4)[1:].astype(float)
        return found / found.sum() if found.sum() else found


WORDS = st.sampled_from(["", "aa", "ab", "ac", "ba", "bb", "ca"])
TABLES = st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=14)
COMPARISONS = [Letters("one"), Letters("two")]


def studied(rows: list[tuple[str, str]], order: list[int] | None = None):
    """Learn from a table whose rows may be in another order, and weigh all of its pairs."""
    order = order or list(range(len(rows)))
    sides = [Side.of([rows[k][column] for k in order]) for column in (0, 1)]
    left, right = np.triu_indices(len(rows), 1)
    levels = [side.levels(left, right) for side in sides]
    masks = sum((levels[k] == 1).astype(np.uint32) << k for k in range(2)).astype(np.uint32)
    found = patterns(masks, levels, [3, 3])
    held = [("one",), ("two",)]
    rates = [side.chances() for side in sides]
    learnt = learn(found, COMPARISONS, rates, held=held, possible=len(left))
    weights = weigh(learnt.weights, levels, sides, left, right)
    table = np.full((len(rows), len(rows)), np.nan)
    at = np.array(order)
    table[at[left], at[right]] = table[at[right], at[left]] = weights
    return learnt, table, (sides, left, right)


@settings(deadline=None, max_examples=40)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    learnt, table, _ = studied(rows)
    shuffled, other, _ = studied(rows, order)
    assert shuffled == learnt
    assert np.array_equal(table, other, equal_nan=True)


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_either_side_may_be_named_first(rows):
    learnt, _, (sides, left, right) = studied(rows)
    there, back = (
        weigh(learnt.weights, [side.levels(*ends) for side in sides], sides, *ends)
        for ends in ((left, right), (right, left))
    )
    assert there.tolist() == back.tolist()


@settings(deadline=None, max_examples=40)
@given(TABLES, st.floats(1e-9, 0.25))
def test_what_is_shared_counts_the_same_from_either_side_and_in_parts(rows, related):
    learnt, _, (sides, left, right) = studied(rows)
    weights = attrs.evolve(learnt.weights, shared=("one",), related=related)
    there, back = (
        weigh(weights, [side.levels(*ends) for side in sides], sides, *ends)
        for ends in ((left, right), (right, left))
    )
    assert there.tolist() == back.tolist()
    plain = weigh(learnt.weights, [side.levels(left, right) for side in sides], sides, left, right)
    assert (there <= plain).all()
    for pair, weight in zip(zip(left.tolist(), right.tolist(), strict=True), there, strict=True):
        parts = pair_parts(weights, sides, pair, among=sides)
        assert sum(part.hundredths for part in parts) == round(100 * weight)


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_any_table_gives_weights_that_are_numbers(rows):
    learnt, table, _ = studied(rows)
    upper = table[np.triu_indices(len(rows), 1)]
    assert np.isfinite(upper).all()
    assert (np.rint(upper * 100) / 100 == upper).all()
    for one in learnt.weights.comparisons:
        assert abs(sum(one.m) - 1) < 1e-9
        assert abs(sum(one.u) - 1) < 1e-9
        assert min(*one.m, *one.u) > 0


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=30))
def test_more_levels_than_a_code_holds_are_counted_all_the_same(rows):
    table = np.array(rows)
    masks = (table[:, 0] + 1).astype(np.uint32)
    levels = [table[:, k].astype(np.int8) for k in (1, 2)]
    few = patterns(masks, levels, [3, 3])
    many = patterns(masks, levels, [2**40, 2**40])
    assert many.levels.tolist() == few.levels.tolist()
    assert many.masks.tolist() == few.masks.tolist()
    assert many.counts.tolist() == few.counts.tolist()
