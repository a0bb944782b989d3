"""Every code that cleaning gives has a word and a sentence, in both languages."""

import re
from pathlib import Path

import pytest

import custseg
from custseg.clean.readers import RULES
from custseg.labels import table

SRC = Path(custseg.__file__).parent / "values"
PROBLEM = re.compile(
    r'"((?:blank|placeholder|masked|several|ambiguous|invalid|impossible|lunar'
    r'|unreadable|incomplete|only|missing|reserved|two|repeated|sequential|lost|renamed|unassigned)_?[a-z_]*)"'
)

# a top-level domain, a key of the table of places, a list of days, how a deal ended
OTHERS = {"invalid", "ambiguous", "lunar_new_year", "lost", "renamed"}


def codes():
    found = {code for file in SRC.glob("*.py") for code in PROBLEM.findall(file.read_text("utf-8"))}
    return sorted((found - OTHERS) | set(RULES.values()))


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_problem_and_rule_is_named(locale):
    words = table(locale)
    assert len(codes()) > 25
    assert not [code for code in codes() if f"clean.{code}" not in words]
    assert not [code for code in codes() if f"reason.clean.{code}" not in words]
