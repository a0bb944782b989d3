"""Sentences that the README of VADER prints, with its compound score: the signs agree.

Source: github.com/cjhutto/vaderSentiment, README.rst, section "Code Examples".
"""

import pytest

from custseg.values.lexicon import polarity

PRINTED = [
    ("VADER is smart, handsome, and funny.", 0.8316),
    ("VADER is smart, handsome, and funny!", 0.8439),
    ("VADER is very smart, handsome, and funny.", 0.8545),
    ("VADER is VERY SMART, handsome, and FUNNY.", 0.9227),
    ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
    ("VADER is not smart, handsome, nor funny.", -0.7424),
    ("The book was good.", 0.4404),
    ("At least it isn't a horrible book.", 0.431),
    ("Today SUX!", -0.5461),
    ("Not bad at all", 0.431),
]


@pytest.mark.parametrize(("text", "compound"), PRINTED)
def test_the_sign_is_that_of_vader(text: str, compound: float):
    assert polarity(text) * compound > 0


def test_the_louder_the_further_as_in_vader():
    praise = [polarity(text) for text, _ in PRINTED[:5]]
    assert praise == sorted(praise)
    assert len(set(praise)) == len(praise)
