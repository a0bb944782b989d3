"""Bins of words: each alone, some together, rare ones shared, missing apart."""

import numpy as np

from custseg._typing import Codes
from custseg.scoring import Binning
from custseg.scoring.binning.cases import Cases
from custseg.scoring.binning.levels import binned_words

CODES = Codes(np.array([0] * 6 + [1] * 4 + [2] * 2 + [3] * 2 + [-1] * 3), ("a", "b", "c", "d"))
CASES = Cases(np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1]) == 1)


def cut(**given):
    found = binned_words("x", CODES, CASES, Binning(**given))
    assert np.bincount(found.at).tolist() == found.table.rows.tolist()
    return [(b.kind, b.words, b.rows) for b in found.table.bins]


def test_every_word_from_the_lowest_evidence_then_missing():
    assert cut() == [
        ("words", ("b",), 4),
        ("words", ("c",), 2),
        ("words", ("d",), 2),
        ("words", ("a",), 6),
        ("missing", (), 3),
    ]


def test_words_share_a_bin_where_told_so():
    assert cut(lumps=(("d", "a"), ("nobody", "here"))) == [
        ("words", ("b",), 4),
        ("words", ("c",), 2),
        ("words", ("d", "a"), 8),
        ("missing", (), 3),
    ]


def test_equally_rare_words_share_a_bin_all_or_none():
    for words in (2, 3):
        assert cut(most_words=words) == [
            ("words", ("b",), 4),
            ("words", ("a",), 6),
            ("other", (), 4),
            ("missing", (), 3),
        ]
    assert len(cut(most_words=4)) == 5
