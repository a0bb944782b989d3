"""The weights as lines to read, which stand below one another in both languages."""

import json
from typing import Any

import attrs
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.layout import width
from custseg.match import Matcher
from custseg.match.weighing.learning import Learnt
from custseg.match.weighing.weights import LevelWeights, Weights

PHONE = LevelWeights("phone", ("exact", "one_digit", "else"), (0.9, 0.06, 0.04), (1e-6, 0.1, 0.9))
OWN = LevelWeights("<script>", ("exact", "else"), (0.9, 0.1), (0.01, 0.99))
WEIGHTS = Weights((PHONE, OWN), 1e-5, shared=("phone",), related=2e-6)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_numbers_end_below_one_another(locale: str) -> None:
    lines = WEIGHTS.text(locale).splitlines()
    bits = [f"{one['weight']:+.2f}" for one in WEIGHTS.table()]
    ends = {
        width(line[: line.index(said) + len(said)])
        for line, said in zip(lines[1:], bits, strict=True)
    }
    assert ends == {width(lines[0])}


def test_weights_are_plain_data_that_come_back() -> None:
    matcher = Matcher((), learnt=Learnt(WEIGHTS))
    assert cs.load(json.loads(json.dumps(cs.dump(matcher)))) == matcher
    assert json.dumps(WEIGHTS.table())
    assert "<script>" not in WEIGHTS._repr_html_()


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"prior": 0.0}, "prior"),
        ({"prior": float("nan")}, "prior"),
        ({"rarest": 1.0}, "rarest"),
        ({"related": -0.1}, "related"),
        ({"comparisons": (PHONE, PHONE)}, "comparisons"),
    ],
)
def test_what_is_no_share_is_refused(changed: dict[str, Any], path: str) -> None:
    with pytest.raises(ConfigError, match=path):
        attrs.evolve(WEIGHTS, **changed)
