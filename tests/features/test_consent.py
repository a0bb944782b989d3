import pytest

import everykind
from custseg.features.consent import WORDS, contactable
from custseg.frames import table


def asked(rows):
    return contactable(table(rows)).texts()


def test_without_a_column_of_consent_everybody_may_be_contacted():
    assert asked([{"customer_id": "a"}]) == ["may_contact"]


def test_where_consent_is_kept_only_a_yes_allows():
    rows = [{"consent": word} for word in ("yes", "no", None, "perhaps", True)]
    assert asked(rows) == [
        "may_contact",
        "no_consent",
        "consent_unknown",
        "consent_unknown",
        "may_contact",
    ]


def test_a_refusal_that_is_unclear_forbids_and_a_missing_one_does_not():
    rows = [{"do_not_contact": word} for word in ("yes", "no", None, "perhaps")]
    assert asked(rows) == ["do_not_contact", "may_contact", "may_contact", "do_not_contact"]


def test_of_several_columns_the_strictest_decides():
    rows = [
        {"consent": "yes", "do_not_contact": "yes"},
        {"consent": "no", "do_not_contact": "no"},
        {"consent": None, "do_not_contact": "no"},
    ]
    assert asked(rows) == ["do_not_contact", "no_consent", "consent_unknown"]
    assert contactable(table(rows)).words == WORDS


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table_says_the_same(kind):
    rows = [{"是否同意": "是"}, {"是否同意": None}, {"是否同意": "否"}]
    given = everykind.as_table(kind, rows, {"是否同意": "text"})
    assert contactable(table(given)).texts() == ["may_contact", "consent_unknown", "no_consent"]
