"""Every kind in the registry keeps the laws of its role: none can be added without them."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
import everystrategy
from custseg import checks
from custseg.checks.document import document
from custseg.checks.kinds import answers, as_kind, contents, kinds, same
from custseg.checks.rows import threads
from custseg.errors import ConfigError


def test_every_kind_has_an_example():
    assert everystrategy.ours() == set(everystrategy.EXAMPLES)


@pytest.mark.parametrize(("kind", "made"), everystrategy.listed(everystrategy.EXAMPLES))
def test_an_example_is_of_its_kind_and_comes_back_from_json(kind, made):
    assert cs.dump(made)["kind"] == kind
    assert cs.load(json.dumps(cs.dump(made))) == made
    assert list(document(made))[-1] == "document"


# As we work, one example of each kind; `make laws` tries them all.
FULL = settings().max_examples >= 100
TRIED = everystrategy.STRATEGIES
TRIED = TRIED if FULL else {kind: examples[:1] for kind, examples in TRIED.items()}


LISTED = everystrategy.listed(TRIED)


@pytest.fixture
def some_tables(kind, monkeypatch):
    """As we work, records and two kinds of table in turn: every kind meets every role."""
    names = [name for name in checks.kinds._MAKERS if name not in {"records", "generator"}]
    turn = sorted(TRIED).index(kind)
    chosen = {"records", names[turn % len(names)], names[(3 * turn + 1) % len(names)]}
    held = {name: made for name, made in checks.kinds._MAKERS.items() if name in chosen}
    if not FULL:
        monkeypatch.setattr(checks.kinds, "_MAKERS", held)


@pytest.mark.usefixtures("some_tables")
@pytest.mark.parametrize(("kind", "made"), LISTED)
def test_a_strategy_keeps_the_laws_of_its_role(kind, made):
    assert {"document", "frozen"} < set(cs.checks.check(made))


@pytest.mark.parametrize(("kind", "made"), everystrategy.listed(everystrategy.SETTINGS))
def test_settings_play_no_role(kind, made):
    with pytest.raises(ConfigError, match="no known role"):
        cs.checks.check(made)


NUMBERS = (
    st.none()
    | st.sampled_from([0.0, -5.0, 1.0, 12.0, 100.0, 1000.0, float("nan"), float("inf")])
    | st.floats(-1e9, 1e9)
)
KINDS = [name for name, _ in kinds([{"a": 1}])]
TEXTS = (
    st.none()
    | st.sampled_from(["", "north", "medical", "低", "O'Hara; DROP"])
    | st.text(max_size=4)
)
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2027, 12, 31))
OF_KIND = {"text": TEXTS, "day": DAYS}


def rows(model):
    """Customers with the columns that a model needs, ties and gaps among them."""
    values = {name: OF_KIND.get(kind, NUMBERS) for name, kind in model.needs.items()}
    values["kept"] = TEXTS
    records = st.lists(st.fixed_dictionaries(values), min_size=1, max_size=6)
    return records.map(
        lambda some: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(some)]
    )


def giving(*columns):
    """The models that give one of some columns."""
    return [one for one in everystrategy.row_models() if {*columns} & set(one.values[0].gives)]


# There are many models, and each example builds several tables of them.
few = settings(max_examples=max(4, settings().max_examples // 4))


@pytest.mark.parametrize("model", everystrategy.row_models())
@few
@given(data=st.data())
def test_row_models(model, data):
    """Kinds, one record, order of rows, ties, apply twice, input unchanged: on any customers."""
    people = data.draw(rows(model))
    gives = tuple(model.gives)
    told = {person["customer_id"]: model.one(person) for person in people}
    expected = {key: tuple(said[name] for name in gives) for key, said in told.items()}
    kind = data.draw(st.sampled_from(KINDS))
    made = as_kind(kind, people)
    before = None if kind == "generator" else contents(made)
    once = model.apply(made)
    if kind == "generator":
        once = list(once)
    assert same(answers(once, gives, "customer_id"), expected)
    assert same(answers(model.apply(once), gives, "customer_id"), expected)
    assert kind == "generator" or same(contents(made), before)
    turned = model.apply(people[::-1])
    assert same(answers(turned, gives, "customer_id"), expected)
    twin = {**people[0], "customer_id": "twin"}
    assert same(tuple(model.one(twin)[name] for name in gives), expected["00000"])


@pytest.mark.parametrize("model", giving("tier"))
@given(data=st.data())
def test_who_tells_nothing_is_never_in_the_top_tier(model, data):
    """Where a model remembers, or takes orders: nor is who has neither.

    A group, a potential or a number of orders may be unknown where the value alone is at the top.
    Of scores, the curves and cards of `tests/scoring` show the same.
    """
    (person, *_) = data.draw(rows(model))
    person |= dict.fromkeys(model.optional)
    worth = {getattr(model, "value", None)} & {*model.needs}
    for column in worth or (name for name in model.needs if name not in model.optional):
        assert model.one({**person, column: None})["tier"] != model.gives["tier"][-1]


@pytest.mark.parametrize("model", giving("score"))
@given(data=st.data())
def test_contributions_add_up_to_the_score(model, data):
    for person in data.draw(rows(model)):
        said = model.explain(person)
        assert sum(part.hundredths for part in said.parts) == round(said.score * 100)
        assert said.score == model.one(person)["score"]


MODELS = [one.values[0] for one in everystrategy.row_models()]


@few
@given(st.data())
def test_many_threads_agree_with_one(data):
    model = data.draw(st.sampled_from(MODELS))
    assert threads(model, data.draw(rows(model))) == "threads"


PRIVATE = {"number": 123457.25, "text": "hush-hush@corp.example", "day": "2019-07-23"}
SECRETS = ("123457", "123,457", "hush", "2019-07-23")
EXPLAINING = [
    given
    for given in everystrategy.listed(everystrategy.STRATEGIES)
    if all(hasattr(given.values[1], name) for name in ("explain", "needs", "one"))
]


@pytest.mark.parametrize(("kind", "model"), EXPLAINING)
def test_explanations_hide_values_until_asked(kind, model):
    person = {name: PRIVATE.get(holds, PRIVATE["text"]) for name, holds in model.needs.items()}
    said = model.explain(person)
    shown = f"{said.text()} {said.text('zh')} {said.as_dict()} {said._repr_html_()}"
    assert not [value for value in SECRETS if value in shown]
    if kind in {"lifecycle-model", "tier-model", "scorecard", "clean-model"}:
        asked = f"{said.text(values=True)} {said.as_dict(values=True)}"
        assert any(value in asked for value in SECRETS)
