"""The account of a pair: parts that add up to its weight, in words of both languages."""

import json

import attrs
import numpy as np
import pytest

from custseg._typing import Codes, Index
from custseg.match.weighing.account import PairExplanation, WeightPart, pair_parts
from custseg.match.weighing.bits import weigh
from custseg.match.weighing.weights import LevelWeights, Weights

NAME = LevelWeights(
    "name",
    ("exact", "close", "else"),
    (0.8, 0.15, 0.05),
    (0.003, 0.017, 0.98),
    term_frequency=True,
)
PHONE = LevelWeights("phone", ("exact", "else"), (0.9, 0.1), (0.0001, 0.9999))
WEIGHTS = Weights((NAME, PHONE), prior=0.001)


@attrs.frozen(eq=False)
class Side:
    """Values that are the same, share a first letter, or differ."""

    codes: Codes
    levels_: int = 3

    def levels(self, left: Index, right: Index) -> np.ndarray:
        words = np.array([*self.codes.words, ""])
        a, b = words[self.codes.at[left]], words[self.codes.at[right]]
        close = (a.astype("U1") == b.astype("U1")) & (self.levels_ == 3)
        out = np.where(a == b, 1, np.where(close, 2, self.levels_))
        return np.where((a == "") | (b == ""), 0, out).astype(np.int8)


NAMES = Side(Codes(np.array([0, 0, 0, 0, 1, 1, 2, -1]), ("li", "wang", "wong")))
PHONES = Side(Codes(np.array([0, 0, 1, -1, 2, 2, 2, 0]), ("1", "2", "3")), 2)
SIDES = (NAMES, PHONES)


def weight_of(left: Index, right: Index) -> np.ndarray:
    return weigh(WEIGHTS, [side.levels(left, right) for side in SIDES], SIDES, left, right)


SHARED = attrs.evolve(WEIGHTS, shared=("name", "phone"))


@pytest.mark.parametrize("weights", [WEIGHTS, SHARED])
def test_parts_add_up_to_the_weight_of_every_pair_exactly(weights: Weights) -> None:
    left, right = np.triu_indices(8, 1)
    levels = [side.levels(left, right) for side in SIDES]
    told = weigh(weights, levels, SIDES, left, right).tolist()
    for a, b, weight in zip(left.tolist(), right.tolist(), told, strict=True):
        why = PairExplanation("pair", {}, parts=pair_parts(weights, SIDES, (a, b), among=SIDES))
        assert why.weight == weight
        assert sum(part.hundredths for part in why.parts) == round(100 * weight)


def test_what_families_share_is_taken_off_in_a_part_of_its_own() -> None:
    *_, last = pair_parts(SHARED, SIDES, (4, 5), among=SIDES)
    assert last.comparison == "shared"
    assert last.hundredths < 0
    why = PairExplanation("pair", {}, parts=pair_parts(SHARED, SIDES, (4, 5), among=SIDES))
    assert 1.5 < why.weight < 2.5
    assert last.named() in why.text()
    assert last.named() not in why.sentence()


def test_weights_are_the_same_from_either_side() -> None:
    left, right = np.triu_indices(8, 1)
    assert weight_of(left, right).tolist() == weight_of(right, left).tolist()


def test_a_rare_value_says_more_and_a_missing_one_nothing() -> None:
    common = pair_parts(WEIGHTS, SIDES, (0, 1), among=SIDES)[1]
    rare = pair_parts(WEIGHTS, SIDES, (4, 5), among=SIDES)[1]
    assert rare.hundredths > common.hundredths
    assert common.hundredths == round(100 * np.log2(0.8 / 0.003)) + common.rarity
    assert pair_parts(WEIGHTS, SIDES, (0, 7), among=SIDES)[1] == WeightPart("name", "missing", 0)


def test_two_records_alone_do_not_tell_how_common_a_value_is() -> None:
    assert pair_parts(WEIGHTS, SIDES, (0, 1))[1].rarity == 0


def test_nearly_the_same_value_counts_half_as_rare_as_the_commoner_spelling() -> None:
    near, same = (pair_parts(WEIGHTS, SIDES, pair, among=SIDES)[1] for pair in ((4, 6), (4, 5)))
    assert near.level == "close"
    assert near.rarity == same.rarity // 2


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "One customer with a probability of 79.9%; for it: phone (the same); against it: name (different)."),  # noqa: E501
        ("zh", "是同一客户的概率为 79.9%；支持：电话（相同）；反对：姓名（不同）。"),
    ],
)  # fmt: skip
def test_a_sentence_in_both_languages(locale: str, sentence: str) -> None:
    parts = (
        WeightPart("prior", "", -500),
        WeightPart("name", "else", -201, values={"name": ("Li Na", "Wang Wei")}),
        WeightPart("phone", "exact", 900),
    )
    why = PairExplanation("pair", {"pair": "same_customer"}, parts=parts)
    assert why.sentence(locale) == sentence


def test_values_are_shown_only_when_asked() -> None:
    parts = (WeightPart("name", "else", -201, values={"name": ("Li Na", "Wang Wei")}),)
    why = PairExplanation("pair", {"pair": "other_customer"}, parts=parts)
    plain = json.dumps(why.as_dict())
    assert "Li Na" not in plain + why.text() + why.text("zh") + why._repr_html_()
    assert "Li Na" in json.dumps(why.as_dict(values=True))
    assert "Li Na / Wang Wei" in why.text(values=True)


def test_near_certainty_is_told_from_certainty() -> None:
    sure, surer = (
        PairExplanation("pair", {}, parts=(WeightPart("phone", "exact", whole),)).sentence()
        for whole in (1300, 1700)
    )
    assert sure != surer
