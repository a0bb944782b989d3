"""Presets: what is compared, names in one or two columns, tables too small to learn from."""

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.match import Dedupe, dedupe
from custseg.match.keys import rule_of
from custseg.match.presets import preset_parts

ANN = {"given_name": "Ann", "surname": "Lee", "birthday": "1990-02-03", "postcode": "10115"}


def entities(rows, preset, **settings):
    return [row["entity_id"] for row in dedupe(rows, preset, **settings)]


def numbered(*rows):
    return [{"id": place, **row} for place, row in enumerate(rows)]


def test_names_in_two_columns_are_keys_like_names_in_one():
    parts = preset_parts("person", "en", {})
    named = [key for key in parts.keys if rule_of(key) == "phone+name"]
    assert [tuple(key.needs) for key in named] == [
        ("phone", "name"),
        ("phone", "given_name", "surname"),
    ]
    rows = numbered(
        {"given_name": "Ann", "surname": "Lee", "phone": "+1 202-456-1111"},
        {"given_name": "ann", "surname": "LEE", "phone": "(202) 456-1111"},
    )
    (left, right) = dedupe(rows, "person", locale="en")
    assert left["entity_id"] == right["entity_id"] == 0
    assert left["match_rule"] == "phone+name"


def test_the_first_form_that_the_table_has_is_taken():
    fitted = Dedupe.preset("person").fit([{"id": 1, "name": "Ann Lee", "phone": "1"}])
    assert [one.name for one in fitted.comparisons] == ["name", "phone"]
    assert all(
        len({rule_of(key) for key in keys}) == len(keys) for keys in (fitted.keys, fitted.passes)
    )


def test_further_columns_are_compared_and_passes_too():
    spec = Dedupe.preset("person", names={"extra": ["member", "state"], "birthday": "born"})
    fitted = spec.fit(
        [{"given_name": "A", "surname": "B", "member": "1", "state": "x", "born": None}]
    )
    assert [one.name for one in fitted.comparisons][-2:] == ["member", "state"]
    assert [rule_of(key) for key in fitted.passes][-2:] == ["member", "state"]


def test_one_further_column_needs_no_list():
    fitted = Dedupe.preset("person", names={"extra": "member"}).fit([{"name": "A", "member": "1"}])
    assert fitted.comparisons[-1].name == "member"


@pytest.mark.parametrize("role", ["phone", "id", "source"])
def test_a_role_takes_one_column(role):
    with pytest.raises(ConfigError, match=f"names.{role}"):
        Dedupe.preset("person", names={role: ["a", "b"]})


def test_typing_errors_in_a_small_table_are_found_by_what_is_usual():
    rows = numbered(ANN, {**ANN, "surname": "Leee"}, {**ANN, "given_name": "Bob", "birthday": None})
    assert entities(rows, "person", locale="en")[:2] == [0, 0]


def test_twins_with_one_phone_and_one_birthday_are_two():
    shared = {"birthday": "2001-05-06", "phone": "13800138000"}
    rows = numbered({"name": "王小明", **shared}, {"name": "王大伟", **shared})
    assert entities(rows, "person", locale="zh") == [0, 1]


def test_different_valid_identity_numbers_keep_namesakes_apart():
    same = {"name": "王伟", "phone": "13800138000"}
    rows = numbered(
        {**same, "id_card": "11010519491231002X"}, {**same, "id_card": "440524188001010014"}
    )
    assert entities(rows, "person", locale="zh") == [0, 1]
    said = Dedupe.preset("person", locale="zh").fit(rows).explain(*rows)
    assert said.decision == {"pair": "other_customer", "match_rule": None}
    assert said.reasons[0].code == "match.kept_apart"


def test_one_number_of_a_company_makes_one_of_two_spellings():
    number = {"uscc": "91110000802100433B"}
    rows = numbered(
        {"company": "北京百度网讯科技有限公司", **number}, {"company": "百度网讯", **number}
    )
    assert entities(rows, "company", locale="zh") == [0, 0]


def test_a_household_is_a_family_at_an_address():
    home = {"address": "12 Elm Street", "city": "Leeds"}
    rows = numbered(
        {"name": "Ann Lee", **home}, {"name": "Tom Lee", **home}, {"name": "Eve Fox", **home}
    )
    assert entities(rows, "household", locale="en") == [0, 0, 2]
    assert len(set(entities(rows, "person", locale="en"))) == 3


def test_a_household_is_found_by_surnames_of_their_own_column():
    home = {"surname": "Lee", "address": "12 Elm Street"}
    assert entities(numbered(home, home), "household", locale="en") == [0, 0]


@pytest.mark.parametrize("preset", ["person", "company", "contact", "household"])
@pytest.mark.parametrize("locale", ["zh", "en", "mixed"])
def test_presets_are_plain_data_within_the_limit_of_passes(preset, locale):
    spec = Dedupe.preset(preset, locale=locale, names={"extra": [f"x{i}" for i in range(30)]})
    assert cs.load(cs.dump(spec)) == spec
    empty = spec.fit([])
    assert len(empty.passes) <= 32
    assert empty.run([]).table == []


PLACES = ("Bonn", "Kiel", "Essen", "Mainz")


def residents(many=300, doubles=40):
    """People of a few towns, some of them twice with a typing error."""
    rows = []
    for at in range(many):
        name = f"{chr(65 + at % 23)}nna {chr(66 + at % 19)}arker{at % 29}"
        born = f"{1950 + at % 47}-{1 + at % 12:02}-{1 + at % 27:02}"
        place = {
            "city": PLACES[at % 4],
            "suburb": f"quarter {at % 31}",
            "postcode": f"{at % 97:05}",
        }
        rows.append({"id": at, "name": name, "birthday": born, **place})
    again = [{**row, "id": many + row["id"], "name": row["name"] + "x"} for row in rows[:doubles]]
    return rows + again


@pytest.mark.parametrize(
    "place",
    [{"city": "Ulm"}, {"city": "Ulm", "suburb": "West"}, {"city": "Ulm", "postcode": "89073"}],
)
@pytest.mark.parametrize("rows", [residents(), residents(doubles=0)], ids=["doubles", "none"])
def test_two_records_that_hold_nothing_but_a_small_town_are_two(place, rows):
    """However rare the town: nothing of a person's own agrees."""
    nothing = dict.fromkeys(rows[0])
    two = [{**nothing, **place, "id": 9000 + at} for at in range(2)]
    found = Dedupe.preset("person").run([*rows, *two]).table[-2:]
    assert [one["entity_id"] for one in found] == [9000, 9001]
