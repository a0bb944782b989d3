import pytest

from custseg.errors import ConfigError
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason

WHY = Reason("no_order", {"dormant_after": 180}, {"recency_days": 212.0})
SAID = Explanation("lifecycle", {"lifecycle": "dormant"}, (WHY,))


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_values_are_shown_only_when_asked(locale):
    assert "212" not in WHY.text(locale)
    assert "212" in WHY.text(locale, values=True)
    assert "180" in WHY.text(locale)
    assert "212" not in SAID.text(locale)
    assert "212" not in SAID._repr_html_()
    assert "212" not in str(SAID.as_dict())
    assert "212" in str(SAID.as_dict(values=True))


def test_an_explanation_names_the_decision_first():
    lines = SAID.text("zh").splitlines()
    assert lines[0].endswith(": 沉默客户")
    assert len(lines) == 2


def test_a_code_without_a_sentence_is_said_as_it_is():
    assert Reason("my-own-code").text("zh") == "my-own-code"


def test_a_field_that_a_sentence_names_and_nobody_gave_is_an_ellipsis():
    assert "…" in Reason("no_order").text()


def test_a_sentence_formats_the_numbers_that_it_names():
    assert "band of 10% below" in Reason("kept_band", {"band": 0.1}).text()
    assert "band of … below" in Reason("kept_band").text()


def test_an_unknown_language_is_refused():
    with pytest.raises(ConfigError, match="no locale 'fr'"):
        WHY.text("fr")


def test_html_is_escaped():
    assert "<script>" not in html_table(("<b>",), [("<script>", 1.5, None)])
    evil = Explanation("tier", {"tier": "<script>"}, (Reason("<script>"),))
    assert "<script>" not in evil._repr_html_()


@pytest.mark.parametrize(
    ("value", "shown"), [(1234.5, "1,234.5"), (0.1 + 0.2, "0.3"), (None, "-"), (7, "7")]
)
def test_numbers_are_shown_short(value, shown):
    assert shown in html_table(("a",), [(value,)])


def test_reasons_are_values():
    assert Reason("a", {"x": 1}) == Reason("a", {"x": 1})
    assert WHY.as_dict(values=True) == {
        "code": "no_order",
        "settings": {"dormant_after": 180},
        "values": {"recency_days": 212.0},
    }


def test_a_state_is_not_taken_for_a_column_of_its_name():
    """``low`` is a tier, and the lower end of an interval in tables."""
    said = Reason("few_moves", {"state": "low", "customers": 3})
    assert said.text() == "only 3 customers were seen in the state low: its chances are guesses"
    assert "低级客户" in said.text("zh")


def test_a_column_that_is_called_like_a_setting_keeps_its_name_in_a_sentence():
    said = Reason("audit.flat", {"factor": "tenure"})
    assert [said.text(locale).partition("tenure")[0] for locale in ("en", "zh")] == ["", ""]


def test_a_word_that_a_rule_compares_with_is_not_read_as_a_column():
    told = Reason("test.equal", {"field": "tier", "value": "high"})
    assert told.text() == "value tier is high"
    assert told.text("zh") == "价值等级是高级客户"
