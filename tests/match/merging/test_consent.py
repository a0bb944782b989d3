"""Consent at its strictest."""

import pytest

from custseg.errors import ConfigError
from custseg.match import Longest, Merge, StrictestConsent


def merged(column, *values, **settings):
    rows = [{"id": i, "entity_id": 1, column: value} for i, value in enumerate(values)]
    return Merge(**settings).golden(rows).table[0][column]


@pytest.mark.parametrize(
    ("column", "values", "left"),
    [
        ("do_not_contact", (False, True, False), True),
        ("do_not_contact", (False, None), False),
        ("do_not_contact", (None, None), None),
        ("do_not_contact", ("no", "YES"), "YES"),
        ("do_not_contact", (0, 1), 1),
        ("do_not_contact", ("否", "是"), "是"),
        ("do_not_contact", (False, "on request"), "on request"),
        ("consent", (True, False, True), False),
        ("consent", (True, None), True),
        ("consent", ("y", "n"), "n"),
        ("consent", (1.0, 0.0), 0.0),
    ],
)
def test_one_refusal_is_a_refusal(column, values, left):
    assert merged(column, *values) == left
    assert merged(column, *values[::-1]) == left


def test_no_default_and_no_setting_overrules_consent():
    assert merged("consent", True, False, default=Longest()) is False
    with pytest.raises(ConfigError, match=r"survivorship.consent.*strictest"):
        Merge({"consent": Longest()})


def test_other_columns_of_consent_are_named():
    rule = {"newsletter": StrictestConsent("permission")}
    assert merged("newsletter", True, False, survivorship=rule) is False
    assert merged("unsubscribed", False, True, survivorship={"unsubscribed": StrictestConsent()})
