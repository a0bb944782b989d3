import pytest

import custseg as cs
from custseg.datasets.words import lexicon

END = cs.datasets.Recipe().end


@pytest.mark.parametrize("locale", ["zh", "en", "mixed"])
def test_every_territory_has_a_rep(locale: str) -> None:
    made = cs.datasets.crm(300, locale=locale)
    languages = {"zh": ["zh"], "en": ["en"], "mixed": ["zh", "en"]}[locale]
    wanted = {name for language in languages for name in lexicon(language).territories}
    assert {row["territory"] for row in made.reps} == wanted


@pytest.mark.parametrize("customers", [10, 2_000, 100_000])
def test_the_team_has_room_for_everybody(customers: int) -> None:
    room = sum(row["capacity"] for row in cs.datasets.crm(customers).reps)
    assert customers < room < 1.5 * customers + 100


def test_some_are_on_leave_at_the_end() -> None:
    away = [
        row
        for row in cs.datasets.crm(10).reps
        if row["on_leave_from"] and row["on_leave_from"] <= END <= row["on_leave_until"]
    ]
    assert len(away) == 3


def test_the_number_of_reps_is_an_option() -> None:
    assert [len(cs.datasets.crm(10, reps=n).reps) for n in (1, 7, 40)] == [1, 7, 40]


def test_a_rep_says_what_and_how_well() -> None:
    for row in cs.datasets.crm(10).reps:
        assert 1 <= row["seniority"] <= 5
        assert 1 <= len(row["industries"].split(";")) <= 4
        assert set(row["languages"].split(";")) <= {"zh", "en"}
