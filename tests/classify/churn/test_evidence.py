import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify import ChurnSigns
from custseg.classify.churn.evidence import ORDER, READS, UNKNOWN
from custseg.errors import ConfigError

number = st.none() | st.sampled_from([-30.0, -0.5, 0.0, 0.5, 1.0, 2.0, 30.0, 180.0, 400.0])
row = st.fixed_dictionaries(dict.fromkeys(READS, number))

AT_LIMIT = {
    "complained": {"complaints": 1.0},
    "unkind_words": {"sentiment": -0.01},
    "satisfaction_low": {"satisfaction": 39.9},
    "satisfaction_fell": {"satisfaction_trend": -20.0},
    "spends_less": {"revenue_trend": 0.74},
    "overdue": {"frequency": 2.0, "overdue_ratio": 2.0},
    "contact_dropped": {"interactions": 2.0, "contact_days": 180.0},
}
BEFORE = {
    "complained": {"complaints": 0.0},
    "unkind_words": {"sentiment": 0.0},
    "satisfaction_low": {"satisfaction": 40.0},
    "satisfaction_fell": {"satisfaction_trend": -19.9},
    "spends_less": {"revenue_trend": 0.75},
    "overdue": {"frequency": 1.0, "overdue_ratio": 9.0},
    "contact_dropped": {"interactions": 1.0, "contact_days": 900.0},
}


def looked(*rows, signs=None):
    cols = {
        name: np.array([np.nan if row.get(name) is None else row[name] for row in rows])
        for name in READS
    }
    return (signs or ChurnSigns()).look(cols, len(rows))


def main(found):
    return [found.main.words[at] for at in found.main.at.tolist()]


def every(found):
    return [found.every.words[at] for at in found.every.at.tolist()]


@pytest.mark.parametrize("code", ORDER)
def test_a_sign_shows_from_its_limit_on(code):
    assert main(looked(AT_LIMIT[code], BEFORE[code])) == [code, UNKNOWN]


@given(st.lists(row, min_size=1, max_size=6), st.permutations(ORDER))
def test_the_weightiest_sign_comes_first_whatever_the_order(rows, order):
    found = looked(*rows, signs=ChurnSigns(order=order))
    for place, (one, texts) in enumerate(zip(main(found), every(found), strict=True)):
        codes = texts.split(", ")
        assert codes[0] == one
        assert [code for code in order if code in codes] == codes or codes == [UNKNOWN]
        assert [why.code for why in found.reasons(place)] == codes


@given(st.lists(row, min_size=1, max_size=6), st.data())
def test_what_is_not_known_is_no_sign(rows, data):
    """Whatever is forgotten of a customer, no sign comes up that was not there."""
    name = data.draw(st.sampled_from(READS))
    before, after = looked(*rows), looked(*({**row, name: None} for row in rows))
    for known, lost in zip(every(before), every(after), strict=True):
        assert set(lost.split(", ")) <= {*known.split(", "), UNKNOWN}


def test_nothing_known_is_no_sign_at_all():
    found = ChurnSigns().look({}, 2)
    assert main(found) == every(found) == [UNKNOWN, UNKNOWN]
    assert [why.code for why in found.reasons(1)] == [UNKNOWN]


def test_a_reason_tells_its_limits_and_what_is_held_only_when_asked():
    (why,) = looked(AT_LIMIT["overdue"]).reasons(0)
    assert why.as_dict() == {"code": "overdue", "settings": {"overdue": 2.0}}
    assert why.as_dict(values=True)["values"] == {"overdue_ratio": 2.0}  # no gap is known


def test_some_of_the_customers():
    found = looked(AT_LIMIT["overdue"], {}, AT_LIMIT["complained"])
    some = found.take(np.array([2, 0]))
    assert main(some) == ["complained", "overdue"]
    assert some.size == 2
    assert [why.code for why in some.reasons(1)] == ["overdue"]


@pytest.mark.parametrize("order", [("overdue", "overdue"), ("bored",), "late"])
def test_an_order_names_signs_once(order):
    with pytest.raises(ConfigError, match="order: must name signs, each once"):
        ChurnSigns(order=order)


def test_what_is_not_named_is_not_looked_for():
    both = {**AT_LIMIT["complained"], **AT_LIMIT["spends_less"]}
    assert main(looked(both, signs=ChurnSigns(order="spends_less"))) == ["spends_less"]
