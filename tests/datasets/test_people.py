import pytest

from custseg.datasets import Recipe
from custseg.datasets.draws import Draws
from custseg.datasets.people import Person, people
from custseg.datasets.words import lexicon


def some(locale: str = "mixed", n: int = 1_000, **options: object) -> list[Person]:
    return people(Draws.of(7, 0, "test"), Recipe(locale=locale, **options), n)


@pytest.mark.parametrize(
    ("options", "share"),
    [
        ({"locale": "zh"}, 1.0),
        ({"locale": "en"}, 0.0),
        ({"locale": "mixed"}, 0.6),
        ({"zh_share": 0.2}, 0.2),
    ],
)
def test_the_share_of_chinese_customers_is_an_option(
    options: dict[str, object], share: float
) -> None:
    found = [one.language == "zh" for one in some(**options)]
    assert sum(found) / len(found) == pytest.approx(share, abs=0.05)


def test_phones_have_the_length_of_their_country() -> None:
    for one in some():
        words = lexicon(one.language).words
        assert len(one.phone) == words.phone_length[one.place.country]
        assert one.phone.startswith(str(words.calling_code[one.place.country]))


def test_emails_are_letters_and_digits_of_the_name() -> None:
    for one in some():
        local, _, provider = one.email.partition("@")
        assert local.replace(".", "").replace("_", "").isalnum()
        assert local.isascii()
        assert "." in provider


def test_a_company_keeps_its_contacts_in_one_place() -> None:
    places: dict[str, set[str]] = {}
    for one in some("zh"):
        if one.company:
            places.setdefault(one.company, set()).add(one.place.city)
            assert one.company.startswith(one.place.city)
            assert one.company.endswith(one.form)
    assert places
    assert all(len(cities) == 1 for cities in places.values())


def test_a_few_share_a_phone_without_being_one() -> None:
    found = some()
    shared = len(found) - len({one.phone for one in found})
    assert 3 <= shared <= 40
