"""Many pairs, few pairs, a grid and one record all give the same levels."""

import numpy as np
import pytest

from comparedsides import prepared
from custseg._typing import Codes
from custseg.match import Companies, Dates, Names, Texts
from custseg.match.comparing import compared
from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.forms import whole
from custseg.match.comparing.strings import Edited

WORDS = [f"{a}{b}{c} {d}" for a in "jmk" for b in "aei" for c in "nrl" for d in ("smith", "braun")]


def every_pair(size):
    left, right = np.triu_indices(size, 1)
    return left, right


@pytest.mark.parametrize("few", [0, 6000])
@pytest.mark.parametrize("worth", [0.0, 2.0])
def test_a_matrix_distinct_pairs_and_plain_pairs_agree(monkeypatch, few, worth):
    side = prepared(Names("name"), WORDS)
    left, right = every_pair(len(WORDS))
    expected = [
        int(side.levels_of({"name": WORDS[a]}, np.array([b]))[0])
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]
    monkeypatch.setattr(compared, "_FEW", few)
    monkeypatch.setattr(compared, "_WORTH", worth)
    fresh = prepared(Names("name"), WORDS)
    assert fresh.levels(np.tile(left, 3), np.tile(right, 3)).tolist() == expected * 3


def test_chunks_do_not_change_levels(monkeypatch):
    left, right = every_pair(len(WORDS))
    expected = prepared(Names("name"), WORDS).levels(left, right)
    monkeypatch.setattr(compared, "_CHUNK", 7)
    assert prepared(Names("name"), WORDS).levels(left, right).tolist() == expected.tolist()


def test_of_few_values_the_chances_are_exact():
    names = ["Ann Lee", "Ann Lee", "Bob Kay", "Ann Leigh", None]
    side = prepared(Names("name"), names)
    left, right = every_pair(4)
    counted = np.bincount(side.levels(left, right), minlength=8)[1:] / 6
    assert side.chances() == pytest.approx(counted)


def test_chances_do_not_depend_on_the_order_of_rows():
    days = [f"{1950 + i % 50}-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(3000)]
    one = prepared(Dates("born"), days).chances(200)
    other = prepared(Dates("born"), days[::-1]).chances(200)
    assert one.tolist() == other.tolist()
    assert one.sum() == pytest.approx(1)


def test_a_sample_comes_near_the_chances_of_all():
    days = [f"{1950 + i * 7 % 50}-{1 + i * 5 % 12:02}-{1 + i * 11 % 28:02}" for i in range(4000)]
    every = prepared(Dates("born"), days).chances(100_000)
    some = prepared(Dates("born"), days).chances(400)
    assert some == pytest.approx(every, abs=0.01)
    assert some[0] == every[0]


def test_nobody_has_a_value():
    side = prepared(Companies("company"), [None, "N/A"])
    assert side.levels(np.array([0]), np.array([1])).tolist() == [0]
    assert side.chances().sum() == pytest.approx(1)
    assert side.levels_of({"company": "Acme"}, np.array([0, 1])).tolist() == [0, 0]


def test_no_pairs_have_no_levels():
    side = prepared(Companies("company"), ["Acme", "Borealis"])
    none = np.array([], dtype=np.intp)
    assert side.levels(none, none).tolist() == []
    assert side.levels_of({"company": "Acme"}, none).tolist() == []


def test_a_column_may_repeat_its_words():
    """Codes of a caller's own may name one word twice."""
    twice = Codes(np.array([0, 1, 2]), ("1234", "1234", "1243"))
    side = Compared(twice, Ladder((Edited(((2, 1, 4),)),), 3), "card", whole)
    assert side.levels(np.array([0, 0]), np.array([1, 2])).tolist() == [1, 2]


def test_of_parts_of_names_the_chances_are_exact():
    names = ["Ann Lee", "Ann Lee", "Ann", "Ann", "Ann", "Lee", "Bob Kay", None]
    side = prepared(Names("name"), names)
    left, right = every_pair(7)
    counted = np.bincount(side.levels(left, right), minlength=9)[1:] / 21
    assert counted[5] > 0.2
    assert side.chances() == pytest.approx(counted)


def test_half_a_character_is_a_value_like_another():
    """Broken texts may hold half of a pair of surrogates, which has no bytes."""
    names = [f"Ann Lee{mark} {number}" for number in range(40) for mark in ("\ud83d", "")]
    assert prepared(Texts("name"), names).chances(20).sum() == pytest.approx(1)
