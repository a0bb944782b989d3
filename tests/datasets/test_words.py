import pytest

from custseg.datasets.words import calendar, lexicon

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_where_its_words_come_from(language: str) -> None:
    assert "general knowledge" in lexicon(language).words.source
    assert "general knowledge" in calendar().source


def test_tables_run_in_parallel() -> None:
    zh, en = (lexicon(language).words for language in LANGUAGES)
    assert len(zh.industries) == len(en.industries) == len(zh.trades) == len(en.trades)
    assert len(zh.categories) == len(en.categories)
    assert {len(products) for words in (zh, en) for products in words.products} == {5}
    assert len(zh.incomes) == len(en.incomes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_phones(language: str) -> None:
    words = lexicon(language).words
    for _, _, country, *_ in words.places:
        code = str(words.calling_code[country])
        assert all(start.startswith(code) for start in words.phones[country])
        assert all(len(start) + 4 < words.phone_length[country] for start in words.phones[country])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_surname_or_place_comes_twice(language: str) -> None:
    words = lexicon(language).words
    assert len({row[0] for row in words.surnames}) == len(words.surnames)
    assert len({row[0] for row in words.places}) == len(words.places)


def test_sounds_group_what_is_said_alike() -> None:
    assert "薇" in lexicon("zh").sounds["伟"]
    assert lexicon("en").sounds["Sean"] == "Shaun"
    assert "强" not in lexicon("zh").sounds


def test_territories_differ_between_languages() -> None:
    zh, en = (set(lexicon(language).territories) for language in LANGUAGES)
    assert not zh & en
