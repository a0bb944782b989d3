"""The spec: what a column holds is said, or told by its name."""

import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.clean import Cleaner, clean
from custseg.errors import ConfigError, MissingColumnError
from custseg.frames import crossings


def test_only_what_is_there_is_cleaned():
    model = Cleaner.preset("zh").fit([{"姓名": "王总", "手机": "1", "消费": 3, "客户编号": "a"}])
    assert dict(model.fields) == {"姓名": "person", "手机": "phone"}
    assert model.id == "客户编号"


def test_what_is_said_goes_before_what_the_name_tells():
    rows = [{"name": "x", "phone": "y", "other": "z"}]
    model = Cleaner.preset("en", fields={"name": "keep", "other": "phone"}).fit(rows)
    assert dict(model.fields) == {"phone": "phone", "other": "phone"}


def test_presets_differ_by_region():
    assert [Cleaner.preset(name).region for name in ("zh", "en", "mixed")] == ["CN", "US", None]


def test_without_recognising_only_the_named_columns_count():
    assert dict(Cleaner({"a": "text"}).fit([{"a": 1, "phone": 2}]).fields) == {"a": "text"}


def test_other_texts_are_read_where_asked_for():
    rows = [{"phone": "1", "City": "Select", "n": 1, "customer_id": "N/A", "void": None}]
    model = Cleaner.preset("en", others="text").fit(rows)
    assert dict(model.fields) == {"phone": "phone", "City": "text"}


@pytest.mark.parametrize("spec", [Cleaner({"fone": "phone"}), Cleaner(id="nr")])
def test_a_named_column_must_be_there(spec):
    with pytest.raises(MissingColumnError) as error:
        spec.fit([{"phone": "1"}])
    assert error.value.available == ("phone",)


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"fields": {"a": "telephone"}}, "fields.a"),
        ({"region": "XX"}, "region"),
        ({"weights": {"a": -1.0}}, "weights.a"),
        ({"weights": {"a": float("inf")}}, "weights.a"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, path):
    with pytest.raises(ConfigError) as error:
        Cleaner(**settings)
    assert error.value.path == path


def test_an_unknown_preset_is_refused():
    with pytest.raises(ConfigError, match="knows no 'cn'"):
        Cleaner.preset("cn")


def test_spec_and_model_are_plain_data():
    spec = Cleaner(
        {"电话": "phone"},
        "US",
        recognise=True,
        invalid="missing",
        placeholders=("x",),
        weights={"电话": 2.0},
    )
    assert cs.load(cs.dump(spec)) == spec
    model = spec.fit([{"电话": "", "email": ""}])
    assert cs.load(cs.dump(model)) == model
    assert cs.dump(model)["kind"] == "clean-model"
    assert cs.schema("cleaner")["x-title-zh"] == "清洗规则"


def test_one_call():
    people = pd.DataFrame({"手机": ["138 0013 8000", "无"], "n": [1, 2]}, index=[7, 7])
    out = clean(people, "zh")
    assert out["手机"].tolist()[0] == "+8613800138000"
    assert out["手机"].isna().tolist() == [False, True]
    assert out.index.tolist() == [7, 7]


def test_fitting_a_lazy_table_reads_names_only():
    lazy = pl.DataFrame({"phone": ["1"], "n": [1]}).lazy()
    with crossings() as crossed:
        Cleaner.preset("zh").fit(lazy)
    assert not crossed
