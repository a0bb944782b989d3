import re

import pytest

from custseg.errors import ConfigError
from custseg.labels import filled, heading, label, table, title


@pytest.mark.parametrize(
    ("code", "words"), [("potential", "潜在客户"), ("active", "活跃客户"), ("dormant", "沉默客户")]
)
def test_the_words_of_the_domain(code, words):
    assert label(code, "zh") == words


def test_a_code_that_nobody_names_is_itself():
    assert label("acme-tier", "zh") == "acme-tier"
    assert title("acme_tier") == "acme tier"


def test_both_languages_name_the_same_codes():
    assert table("en").keys() == table("zh").keys()


@pytest.mark.parametrize("locale", ["fr", "EN", "zh-CN", ""])
def test_another_language_is_refused_with_those_there_are(locale):
    with pytest.raises(ConfigError, match=r"no locale .* there are \['en', 'zh'\]"):
        label("active", locale)


@pytest.mark.parametrize("column", ["tenure", "positive", "window", "education", "worth", "bought"])
def test_a_users_column_never_bears_the_words_of_a_setting_or_of_a_code(column):
    assert column in table("zh")
    assert [title(column, locale) for locale in ("en", "zh")] == [column, column]


def test_a_heading_is_of_the_code_before_the_column():
    assert heading("tenure") == "column of periods"
    assert heading("score") == title("score")
    assert heading("my_group", "zh") == "my group"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (1, "1 customer is left"),
        (2, "2 customers are left"),
        (0, "0 customers are left"),
        (1_200, "1,200 customers are left"),
    ],
)
def test_one_is_said_as_one_and_many_as_many(left, said):
    template = "{left:,} {left:customer is|customers are} left"
    assert filled(template, left=left) == said
    written = template.replace("{left:,}", "{left}")
    assert filled(written, left=f"{left:,}") == said
    assert filled("还剩 {left:,} 位", left=left) == f"还剩 {left:,} 位"


def test_every_sentence_with_a_count_has_a_form_for_one():
    """What is many by its nature may be left: shared by several, of the whole."""
    things = "customers|records|rows|days|cells|representatives|moves|leads|rules|pairs|buyers"
    bare = re.compile(rf"(?<!of )\{{\w+(:,)?\}} (new |forced |further )?({things})\b")
    said = {code: text for code, text in table("en").items() if not code.startswith("problem.")}
    assert [code for code, text in said.items() if bare.search(text)] == ["entity.one"]
