import json
from copy import deepcopy

import pytest

import custseg as cs
import everystrategy
from custseg.config import problems
from custseg.errors import ConfigError

WRONG = {
    "kind": "pipeline",
    "lifecycle": {
        "kind": "lifecycle",
        "strategy": {
            "kind": "fixed-days",
            "dormant_after": -1,
            "at_risk_after": -5,
            "new_for": "x",
        },
    },
    "tier": {
        "kind": "tier-plan",
        "cutter": {"kind": "pareto", "shares": [3]},
        "refunds": "kep",
        "service": {"high": {"kind": "service-policy"}},
    },
    "names": {"transactions": {"kind": "names", "at": 5}},
    "worth": [{"kind": "rfmm"}, 5],
    "x y": 3,
}
FOUND = [
    ("$.lifecycle.strategy.dormant_after", "what_above_days"),
    ("$.lifecycle.strategy.at_risk_after", "what_above_days"),
    ("$.lifecycle.strategy.new_for", "needs_whole"),
    ("$.tier.cutter.shares", "shares_between"),
    ("$.tier.refunds", "one_of"),
    ("$.tier.service.high.code", "missing_key"),
    ("$.names.transactions.at", "needs_text"),
    ("$.worth[0].kind", "unknown_kind"),
    ("$.worth[1]", "needs_kind"),
    ("$['x y']", "unknown_key"),
]
BAD = [-1, "x", [], None, {}, True, {"kind": "nope"}]


def test_all_problems_are_told_at_once_with_their_places():
    assert {(p.path, p.code) for p in problems(WRONG)} == set(FOUND)


def test_a_place_leads_to_what_is_wrong():
    for problem in problems(WRONG):
        held = WRONG
        for step in problem.place[:-1]:
            held = held[step]
        assert problem.code == "missing_key" or held[problem.place[-1]] is not None


def test_the_document_stays_as_it_is():
    before = deepcopy(WRONG)
    problems(WRONG)
    assert before == WRONG


def test_a_problem_is_told_in_the_readers_language():
    told = {p.path: p.text("zh") for p in problems(WRONG)}
    assert told["$.lifecycle.strategy.dormant_after"] == "“沉默天数”必须大于 0 天，现为 -1"
    assert told["$.tier.refunds"].endswith("现为 'kep'。是不是 keep？")
    plain = problems(WRONG)[0].as_dict("zh")
    assert json.loads(json.dumps(plain)) == plain


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "no_json"),
        ("[1]", "no_document"),
        ({}, "no_kind"),
        ({"kind": "policy", "schema_version": 9}, "version"),
        ({"kind": "fixed-days", "dormant_after": 60, "at_risk_after": 90}, "what_rising"),
        ({"kind": "conventions", "tz": "Mars"}, "time_zone"),
    ],
)
def test_a_document_that_is_none_has_one_problem(document, code):
    assert [p.code for p in problems(document)] == [code]


def test_what_follows_from_a_problem_is_none():
    """Without its wrong shares the cutter would have two cuts, and four tiers be too many."""
    plan = {"kind": "tier-plan", "cutter": {"kind": "pareto", "shares": [0.9, 0.8, 7]}}
    found = problems({**plan, "tiers": ["a", "b", "c", "d"]})
    assert [p.path for p in found] == ["$.cutter.shares"]


def test_a_field_is_called_as_its_own_kind_calls_it():
    found = problems({"kind": "quantiles", "at": [0.8, 0.5]})
    assert found[0].text("zh") == "“分位点”必须由小到大，现为 [0.8, 0.5]"


def test_any_error_can_be_told_as_a_problem():
    error = cs.errors.MissingColumnError("付款时间", ("买家昵称", "付款日期"))
    told = cs.config.Problem.of(error)
    assert (told.code, told.place) == ("no_column", ())
    assert told.text("zh") == "没有列 '付款时间'，现有 ['买家昵称', '付款日期']"
    assert told.text() == str(error)


def documents():
    """One of each kind, but for the large models, which only take longer."""
    made = [(kind, cs.dump(some[0])) for kind, some in everystrategy.STRATEGIES.items()]
    return [(kind, doc) for kind, doc in made if len(json.dumps(doc, default=str)) < 5_000]


@pytest.mark.parametrize(
    "document", [pytest.param(document, id=kind) for kind, document in documents()]
)
def test_there_are_problems_where_load_refuses_and_nowhere_else(document):
    assert problems(document) == ()
    for field in list(document)[1:4]:
        for bad in BAD:
            wrong = {**document, field: bad}
            try:
                cs.load(wrong)
            except ConfigError:
                assert problems(wrong), (field, bad)
            else:
                assert not problems(wrong), (field, bad)


def test_a_list_of_fixed_length_says_how_long_it_is():
    freeze = dict(documents())["freeze"]
    found = problems({**freeze, "windows": [["2026-02-01"]]})
    assert [(p.path, p.code) for p in found] == [("$.windows[0]", "needs_values")]


def test_nearly_all_that_is_refused_is_said_in_chinese():
    kinds = ("fixed-days", "lifecycle", "tier-plan", "thresholds", "pareto", "quantiles", "rfm")
    told = [
        (kind, problem)
        for kind, document in documents()
        if kind in {*kinds, "own-cadence", "conventions", "names", "quota", "nine-box"}
        for field in list(document)[1:]
        for bad in BAD
        for problem in problems({**document, field: bad})
    ]
    bare = [(kind, p.path, p.message) for kind, p in told if p.code == "refused"]
    assert len(told) > 150
    assert len(bare) <= 0.05 * len(told), bare


def test_a_problem_that_has_no_sentence_is_still_told():
    made = cs.config.Problem(("at",), "the sky is low")
    assert (made.text(), made.text("zh")) == ("the sky is low", "不能接受：the sky is low")
