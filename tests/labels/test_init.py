import pytest

from custseg.errors import ConfigError
from custseg.labels import heading, label, table, title


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
