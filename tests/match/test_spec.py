"""Dedupe: settings, presets, and what a table must have."""

import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.match import CompositeKey, Dedupe, ExactKey, dedupe
from custseg.match.keys import rule_of

EMAIL = ExactKey("email", read="email")
PEOPLE = [
    {"id": "a", "name": "王小明", "phone": "138 0013 8000", "email": None},
    {"id": "b", "name": "王小明", "phone": "+8613800138000", "email": "x@corp.cn"},
    {"id": "c", "name": "王小红", "phone": "13800138000", "email": ""},
    {"id": "d", "name": "王小明", "phone": None, "email": "X@corp.cn"},
]


def test_shared_mobiles_do_not_join_different_people():
    found = dedupe(PEOPLE, "person", locale="zh")
    assert [row["entity_id"] for row in found] == ["a", "a", "c", "a"]
    assert [row["match_rule"] for row in found] == ["phone+name", "phone+name", None, "email+name"]


def test_family_with_one_phone_and_one_mailbox_stays_apart():
    shared = {"phone": "13800138000", "email": "home@qq.com"}
    names = ("王小明", "李丽", "王小敏")
    family = [{"id": i, "name": name, **shared} for i, name in enumerate(names)]
    found = [row["entity_id"] for row in dedupe(family, "person", locale="zh")]
    assert found == [0, 1, 0]  # the given name was misspelt; the wife is another person


def test_colleagues_behind_one_switchboard_stay_apart():
    office = {"company": "北京字节跳动科技有限公司", "phone": "010-62345678", "email": "info@b.cn"}
    people = [{"id": i, "name": n, **office} for i, n in enumerate(("王伟", "李娜"))]
    assert len({row["entity_id"] for row in dedupe(people, "contact", locale="zh")}) == 2


def test_names_map_columns_to_roles():
    table = pd.DataFrame(
        {"record_id": ["x", "y"], "手机": ["13800138000"] * 2, "姓名": ["王伟"] * 2}
    )
    names = {"phone": "手机", "name": "姓名"}
    found = dedupe(table, "person", locale="zh", names=names)
    assert found["entity_id"].tolist() == ["x", "x"]


def test_a_bare_number_belongs_to_the_locale():
    people = [{"id": 1, "name": "Al Fox", "phone": "415 555 0132"}]
    people.append({"id": 2, "name": "Al Fox", "phone": "+1 415-555-0132"})
    assert len({row["entity_id"] for row in dedupe(people, "person", locale="en")}) == 1


def test_a_preset_skips_keys_without_columns_and_says_so():
    matcher = Dedupe.preset("person", locale="zh").fit(PEOPLE)
    assert [rule_of(key) for key in matcher.keys] == [
        "phone+name",
        "email+name",
        "phone+email+surname",
    ]
    assert "id_card" in matcher.absent
    assert matcher.report(PEOPLE).absent == matcher.absent


def test_a_preset_without_any_column_says_what_to_do():
    with pytest.raises(ConfigError, match=r"'mobile'.*names="):
        Dedupe.preset("company").fit([{"id": 1, "mobile": "1"}])


def test_own_keys_need_their_columns():
    with pytest.raises(MissingColumnError, match="Did you mean 'email'"):
        Dedupe((ExactKey("emial"),)).fit(PEOPLE)


def test_a_named_id_must_be_there():
    with pytest.raises(MissingColumnError, match="customer"):
        Dedupe((EMAIL,), id="customer").fit(PEOPLE)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Dedupe(()), "at least one key"),
        (lambda: Dedupe((EMAIL, EMAIL)), "name of its own"),
        (lambda: Dedupe((EMAIL,), cap=1), "at least 2"),
        (lambda: Dedupe.preset("persons"), "Did you mean 'person'"),
        (lambda: Dedupe.preset("person", locale="cn"), "locale"),
        (lambda: Dedupe.preset("person", names={"fone": "x"}), "Did you mean 'phone'"),
    ],
    ids=["no keys", "same keys", "cap", "preset", "locale", "role"],
)
def test_wrong_settings_are_refused(make, says):
    with pytest.raises(ConfigError, match=says):
        make()


@pytest.mark.parametrize("preset", ["person", "company", "contact"])
@pytest.mark.parametrize("locale", ["zh", "en", "mixed"])
def test_specs_are_plain_data(preset, locale):
    spec = Dedupe.preset(preset, locale=locale, names={"phone": "mobile", "id": "record_id"})
    assert cs.load(cs.dump(spec)) == spec


def test_a_key_inside_a_key_is_plain_data():
    inner = CompositeKey((EMAIL, ExactKey("name")), name="inner")
    spec = Dedupe((CompositeKey((inner, ExactKey("city"))),))
    assert cs.load(cs.dump(spec)) == spec
    assert rule_of(spec.keys[0]) == "inner+city"


def test_a_column_that_was_named_must_be_there():
    spec = Dedupe.preset("contact", names={"phone": "mobiel"})
    with pytest.raises(MissingColumnError, match="mobiel"):
        spec.fit([{"id": 1, "name": "Ann Lee", "email": "a@x.de", "mobile": "+49301234567"}])


@pytest.mark.parametrize("role", ["phone", "id"])
def test_a_column_is_named_by_its_name(role):
    with pytest.raises(ConfigError, match="one column, got 3"):
        Dedupe.preset("contact", names={role: 3})


@pytest.mark.parametrize(
    ("limits", "told"),
    [({"which": "acros", "source": "channel"}, "acros"), ({"which": "across"}, "source")],
)
def test_pairs_limited_by_sources_need_to_know_them(limits, told):
    with pytest.raises(ConfigError, match=told):
        Dedupe((ExactKey("email", read="email"),), **limits)
