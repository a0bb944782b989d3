"""Contact records of five channels: repeatable, with the truth, and with people alike."""

from collections import Counter, defaultdict

import pytest

from custseg.datasets import Locale, contacts
from custseg.datasets.channels import latin, new_number, no_birthday, shortened, wrong_day
from custseg.datasets.draws import Draws, Spins
from custseg.datasets.people import Person, people
from custseg.datasets.recipe import Recipe
from custseg.datasets.vocabulary import vocabulary
from custseg.errors import ConfigError
from custseg.values import phones

BARE = str.maketrans("", "", " -.()")


def spins() -> Spins:
    return Draws.of(3, 0, "test").spins()


def somebody(locale: str) -> Person:
    recipe = Recipe(locale="zh" if locale == "zh" else "en")
    return people(Draws.of(3, 0, "who"), recipe, 1, vocabulary)[0]


def test_the_same_seed_gives_the_same_records() -> None:
    one, two = contacts(1_500, seed=4), contacts(1_500, seed=4)
    assert one.columns == two.columns
    assert one.true_columns == two.true_columns
    assert contacts(1_500, seed=5).columns != one.columns


def test_a_smaller_set_is_the_beginning_of_a_larger_one() -> None:
    assert contacts(2_500, seed=4).records[:2_000] == contacts(2_000, seed=4).records


def test_records_and_truth_go_together() -> None:
    made = contacts(2_000, seed=2)
    ids = [row["record_id"] for row in made.records]
    assert ids == [row["record_id"] for row in made.truth]
    assert len(set(ids)) == 2_000
    assert len({row["entity_id"] for row in made.truth}) == 1_300


def test_no_errors_no_difference_within_a_customer() -> None:
    made = contacts(1_000, seed=2, errors=0.0)
    seen = defaultdict(set)
    for row, true in zip(made.records, made.truth, strict=True):
        assert true["errors"] == ""
        seen[true["entity_id"]].add(tuple(row[name] for name in ("name", "phone", "email")))
    assert {len(rows) for rows in seen.values()} == {1}


def test_more_errors_when_more_are_asked_for() -> None:
    counts = [
        sum(len(str(row["errors"]).split(";")) for row in contacts(1_000, errors=rate).truth)
        for rate in (0.05, 0.14, 0.3)
    ]
    assert counts[0] < counts[1] < counts[2]


def test_every_kind_of_error_happens() -> None:
    truth = contacts(20_000, seed=3).truth
    kinds = Counter(code for row in truth for code in str(row["errors"]).split(";") if code)
    assert {"name.sound", "name.latin", "company.form", "company.city", "phone.digit"} <= set(kinds)
    assert {"phone.new", "address.moved", "birthday.wrong", "email.other"} <= set(kinds)


def test_some_people_only_look_the_same() -> None:
    made = contacts(10_000, seed=3, errors=0.0)
    by_phone, by_name = defaultdict(set), defaultdict(set)
    for row, true in zip(made.records, made.truth, strict=True):
        by_phone[row["phone"]].add(true["entity_id"])
        by_name[row["name"], row["city"]].add(true["entity_id"])
    assert sum(len(who) > 1 for who in by_phone.values()) > 100
    assert sum(len(who) > 1 for who in by_name.values()) > 50


def test_an_address_belongs_to_one_customer() -> None:
    made = contacts(5_000, seed=3, errors=0.0)
    owners = defaultdict(set)
    for row, true in zip(made.records, made.truth, strict=True):
        owners[row["email"]].add(true["entity_id"])
    assert {len(who) for who in owners.values()} == {1}


@pytest.mark.parametrize(("locale", "share"), [("zh", 1.0), ("en", 0.0), ("mixed", 0.5)])
def test_languages_are_as_asked(locale: Locale, share: float) -> None:
    truth = contacts(2_000, locale=locale).truth
    got = sum(row["language"] == "zh" for row in truth) / 2_000
    assert got == pytest.approx(share, abs=0.05)


def test_numbers_that_are_not_mistyped_can_be_dialled() -> None:
    made = contacts(3_000, seed=6)
    for row, true in zip(made.records, made.truth, strict=True):
        if row["phone"] and not {"phone.digit", "phone.placeholder"} & set(
            str(true["errors"]).split(";")
        ):
            region = "CN" if true["language"] == "zh" else None
            if str(row["phone"]).translate(BARE)[-6:-4] == "11":
                continue  # exchanges like 311 are no subscriber's
            problem = phones.read(str(row["phone"]), region).problem
            assert problem in {None, "ambiguous_region", "unassigned_number"}, row["phone"]


def test_single_errors() -> None:
    zh, en = somebody("zh"), somebody("en")
    assert latin(zh.name, zh, spins()).isascii()
    assert new_number(zh.usual_phone, zh, spins()) != zh.usual_phone
    assert new_number(en.usual_phone, en, spins())[:3] == en.usual_phone[:3]
    assert shortened("5 Ash Street", en, spins()) == "5 Ash St"
    assert no_birthday("1980-02-03", en, spins()) in {"1900-01-01", "1970-01-01"}
    assert wrong_day("1980-02-23", en, spins())[:7] == "1980-02"


def test_tables_of_other_kinds() -> None:
    made = contacts(100)
    assert made.table("pandas").shape == (100, 10)
    assert made.truth_as("arrow").column_names == [*made.true_columns]
    assert contacts(0).table("polars").shape == (0, 10)


def test_impossible_options_are_refused() -> None:
    with pytest.raises(ConfigError, match="at least 0"):
        contacts(-1)
    with pytest.raises(ConfigError, match="duplicates"):
        contacts(10, duplicates=0.8)
