import json

import pytest

import everystrategy
from custseg.config import schema
from custseg.errors import ConfigError


@pytest.mark.parametrize("kind", sorted(everystrategy.ours()))
def test_every_kind_has_a_schema_with_titles(kind):
    made = schema(kind)
    assert made["properties"]["kind"] == {"const": kind}
    assert made["title"]
    assert made["x-title-zh"]
    assert not made["title"].startswith("kind.")
    assert made["description"]
    assert set(made["required"]) <= set(made["properties"])
    json.dumps(made)


@pytest.mark.parametrize("kind", sorted(everystrategy.ours()))
def test_every_field_of_every_kind_is_described(kind):
    bare = [
        name
        for name, field in schema(kind)["properties"].items()
        if name not in {"kind", "schema_version"} and not field.get("description")
    ]
    assert not bare


@pytest.mark.parametrize("kind", sorted(everystrategy.ours()))
def test_every_kind_and_field_has_a_chinese_title(kind):
    made = schema(kind)
    titles = {name: field.get("x-title-zh", "个") for name, field in made["properties"].items()}
    assert not [name for name, title in titles.items() if title.isascii()]
    assert not made["x-title-zh"].isascii()


@pytest.mark.parametrize("kind", ["lifecycle", "fixed-days", "tier-plan", "thresholds", "pareto"])
def test_what_forms_ask_first_is_described_in_chinese(kind):
    made = schema(kind)
    assert made["x-description-zh"]
    asked = {"strategy", "dormant_after", "cutter", "value", "at", "shares"}
    fields = made["properties"]
    assert all(fields[name]["x-description-zh"] for name in asked & fields.keys())


def test_a_field_for_a_strategy_lists_the_kinds_that_can_stand_there():
    field = schema("lifecycle")["properties"]["strategy"]
    assert "fixed-days" in field["properties"]["kind"]["enum"]
    assert "quantiles" not in field["properties"]["kind"]["enum"]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ConfigError, match="Did you mean 'quantiles'"):
        schema("quantile")


def test_what_can_be_written_in_short_may_be_a_text():
    short, table = schema("retier")["properties"]["calm"]["anyOf"]
    assert short == {"type": "string"}
    assert table["x-kind"] == "calm"


@pytest.mark.parametrize("kind", ["weight-of-evidence", "naive-bayes", "surrogate"])
def test_a_field_has_the_title_of_its_own_kind(kind):
    scale, other = (schema(each)["properties"]["scale"] for each in (kind, "potential"))
    assert (scale["title"], scale["x-title-zh"]) == ("scale of the points", "分值尺度")
    assert (other["title"], other["x-title-zh"]) == ("column of its size", "规模列")
