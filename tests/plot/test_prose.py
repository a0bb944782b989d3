import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.plot.prose import folded

texts = st.text(st.sampled_from("ab c状态，。"), max_size=60)


@given(texts, st.integers(1, 40))
def test_nothing_is_lost(text, most):
    assert re.sub(r"\s", "", "".join(folded(text, most))) == re.sub(r"\s", "", text)


@given(texts, st.integers(1, 40))
def test_a_line_is_too_long_only_where_it_cannot_be_broken(text, most):
    for line in folded(text, most):
        wide = sum(2 if ord(char) > 127 else 1 for char in line.rstrip("，。"))
        assert wide <= most or re.fullmatch(r"\s*(\S[，。]*|[ab c]\w*[，。]*)", line.strip())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("行中的客户，按状态", ["行中的客户，", "按状态"]),
        ("share of customers; 18 steps", ["share of", "customers;", "18 steps"]),
    ],
)
def test_lines(text, lines):
    assert folded(text, 10) == lines
