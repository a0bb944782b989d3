import unicodedata

import pytest

from custseg.datasets import Recipe
from custseg.datasets.dirt import ERRORS, Error
from custseg.datasets.draws import Draws
from custseg.datasets.people import Person, people
from custseg.datasets.words import lexicon


def persons(locale: str) -> list[Person]:
    return people(Draws.of(7, 0, "test"), Recipe(locale=locale), 200)


def texts(person: Person) -> dict[str, str | None]:
    return {
        "name": person.name,
        "company": person.company,
        "phone": person.usual_phone,
        "email": person.email,
        "city": person.place.city,
        "province": person.place.province,
        "industry": lexicon(person.language).words.industries[person.industry],
        "territory": person.place.territory,
    }


def made(error: Error, person: Person) -> list[str | None]:
    text, spins = texts(person)[error.column], Draws.of(1, 0, error.code).spins()
    return [error.make(text, person, spins) for _ in range(5)] if text else []


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: f"{e.column}.{e.code}")
def test_every_error_changes_its_field(error: Error) -> None:
    locales = (error.only,) if error.only else ("zh", "en")
    for locale in locales:
        pairs = [
            (texts(one)[error.column], new) for one in persons(locale) for new in made(error, one)
        ]
        changed = sum(old != new for old, new in pairs)
        # A name without another of its sound, a provider drawn again, a digit typed right by luck.
        assert changed > 0.15 * len(pairs)


def find(column: str, code: str) -> Error:
    return next(e for e in ERRORS if (e.column, e.code) == (column, code))


def digits(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())


@pytest.mark.parametrize("code", ["layout", "wide"])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_layout_keeps_the_number(code: str, locale: str) -> None:
    for person in persons(locale):
        national = digits(person.phone)[-8:]
        assert all(digits(new).endswith(national) for new in made(find("phone", code), person))


def test_legal_form_is_dropped_and_nothing_else() -> None:
    for person in persons("zh") + persons("en"):
        for new in made(find("company", "form"), person):
            assert new
            assert person.company.startswith(new)
            assert person.company.removeprefix(new).strip() == person.form


def test_sound_alikes_sound_alike() -> None:
    known = {c: one.sound for pool in lexicon("zh").given for one in pool for c in one.text}
    assert known
    for person in persons("zh"):
        for new in made(find("name", "sound"), person):
            assert new.startswith(person.surname)
            assert len(new) == len(person.name)
