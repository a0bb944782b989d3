import json

import attrs
import pytest

import custseg as cs
import everystrategy
from custseg.config import dump, load, schema
from custseg.config.registry import class_of
from custseg.errors import ConfigError

ONE_OF_SEVERAL = {"dedupe", "no-deal", "no-follow-up", "no-opportunity"}
"""Kinds whose fields all have a default, though one of them must be given."""

DEFAULTS = [
    kind
    for kind in sorted(everystrategy.ours())
    if kind not in ONE_OF_SEVERAL
    and all(a.default is not attrs.NOTHING for a in attrs.fields(class_of(kind)) if a.init)
]


@pytest.mark.parametrize("kind", DEFAULTS)
def test_every_kind_with_defaults_comes_back_from_its_document(kind):
    made = class_of(kind)()
    document = dump(made)
    assert document["kind"] == kind
    assert load(document) == made
    assert load(json.dumps(document)) == made
    assert load({"kind": kind}) == made
    assert document.keys() <= schema(kind)["properties"].keys()


def test_models_say_which_version_wrote_them():
    models = {kind: class_of(kind) for kind in everystrategy.ours() if kind.endswith("-model")}
    assert models
    assert all(cls.schema_version == 1 for cls in models.values())
    with pytest.raises(ConfigError, match="schema_version 2 is not 1"):
        load({"kind": "tier-model", "schema_version": 2})


LIFECYCLE = {"kind": "lifecycle", "strategy": {"kind": "fixed-days", "dormant_after": 180}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "kind"),
        ({"kind": "threshold"}, r"no strategy of kind 'threshold'. Did you mean 'thresholds'\?"),
        ({"kind": 7}, "kind"),
        ("customers.json", "load takes JSON text or a mapping, never a path"),
        ("[1]", "a document is a mapping or JSON text, got list"),
        ({"kind": "fixed-days", "dormant_afte": 1}, "Did you mean 'dormant_after'"),
        ({"kind": "fixed-days", "dormant_after": "180"}, "dormant_after: needs"),
        ({"kind": "fixed-days", "dormant_after": True}, "dormant_after: needs"),
        ({**LIFECYCLE, "strategy": {"kind": "quantiles"}}, "quantiles"),
        ({**LIFECYCLE, "strategy": 5}, "lifecycle.strategy: needs a table with a 'kind', got int"),
        (
            {**LIFECYCLE, "strategy": {"kind": "fixed-day"}},
            "lifecycle.strategy: .*Did you mean 'fixed-days'",
        ),
    ],
    ids=range(11),
)
def test_a_wrong_document_is_refused_with_its_path(document, message):
    with pytest.raises(ConfigError, match=message):
        load(document)


def test_a_class_without_a_kind_is_not_dumped():
    with pytest.raises(ConfigError, match=r"object has no kind; name it with @cs.strategy"):
        dump(object())


def test_loading_changes_no_document():
    document = dump(cs.tiering.Thresholds((100.0, 1000.0)))
    before = json.dumps(document)
    load(document)
    assert json.dumps(document) == before


@pytest.mark.parametrize("given", ["industry", 5, {"a": 1}])
def test_what_is_no_list_is_refused_where_a_list_is_asked(given):
    """A text would become its letters."""
    with pytest.raises(ConfigError, match=r"potential.peers: needs a list.*brackets"):
        load({"kind": "potential", "peers": given})
