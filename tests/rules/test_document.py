from datetime import date

import pytest

from custseg.errors import ConfigError
from custseg.rules import Bands, F, Ladder, Line, Scaled, Sum, Times, from_dict, to_dict


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ({"field": "region", "value": "华东"}, F("region") == "华东"),
        ({"field": "x", "op": "missing"}, F("x").is_missing()),
        ({"field": "x", "op": "present"}, F("x").is_present()),
        ({"field": "x", "op": "not in", "value": [1, 2]}, ~F("x").one_of(1, 2)),
        ({"field": "d", "op": "<", "value": {"day": "2026-01-01"}}, F("d") < date(2026, 1, 1)),
        ({"field": "x", "op": ">", "value": {"times": 2, "of": "y"}}, F("x") > 2 * F("y")),
        ({"all": []}, F("x").between(0, 1).__class__(())),
        (
            {"any": [{"field": "x", "value": 1}]},
            ((F("x") == 1) | (F("y") == 1)).__class__((F("x") == 1,)),
        ),
        (
            {"bands": {"field": "x", "edges": [1.0], "values": ["a", "b"]}},
            Bands("x", (1.0,), ("a", "b")),
        ),
        (
            {
                "scaled": {
                    "part": {"sum": {"parts": [{"line": {"field": "x", "knots": [[0.0, 1]]}}]}}
                }
            },
            Scaled(Sum((Line("x", ((0.0, 1),)),))),
        ),
        (
            {"ladder": {"steps": [[{"field": "x", "op": ">", "value": 1}, "a"]], "otherwise": "b"}},
            Ladder(((F("x") > 1, "a"),), "b"),
        ),
    ],
    ids=range(11),
)
def test_documents_written_by_hand(document, rule):
    assert from_dict(document) == rule
    assert from_dict(to_dict(rule)) == rule


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "not a rule: keys"),
        ({"ladders": {}}, "Did you mean 'ladder'"),
        ({"field": "x", "op": "=>", "value": 1}, "no comparison '=>'; there are"),
        ({"field": "x", "op": ">", "valeu": 1}, r"unknown keys \['valeu'\] in a condition"),
        ({"field": "x", "op": ">"}, "compared with NoneType"),
        ({"field": "x", "op": "in", "value": "ab"}, "'in' needs a list, got str"),
        ({"all": {}}, "'all' needs a list, got dict"),
        (
            {"bands": {"field": "x", "edge": []}},
            "unknown key 'edge' in bands. Did you mean 'edges'",
        ),
        ({"bands": {"field": "x"}}, "bands cannot be made of these keys"),
        ({"field": "x", "op": "<", "value": {"day": "soon"}}, "'soon' is no day"),
        ({"field": "x", "op": "<", "value": {"times": "a", "of": "y"}}, "'a' is no factor"),
    ],
    ids=range(11),
)
def test_what_is_no_rule_is_refused_with_the_nearest_word(document, message):
    with pytest.raises(ConfigError, match=message):
        from_dict(document)


def test_times_are_read_back():
    assert (F("x") > F("y")).value == Times("y", 1.0)
