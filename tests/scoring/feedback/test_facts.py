import pytest

from custseg.scoring.feedback.facts import contact, kind_of, waited

NAN = float("nan")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Complaints", "complaint"),
        ("建议", "suggestion"),
        ("诉求", "request"),
        ("表扬", "praise"),
        ("其他", "other"),
        ("inquiry", "enquiry"),
        ("", None),
        (None, None),
        ("走访", None),
    ],
)
def test_recorded_words_mean_kinds(word, kind):
    assert kind_of(word) == kind


@pytest.mark.parametrize(
    ("at", "resolved", "status", "days"),
    [
        (10.0, NAN, None, 5.0),
        (10.0, NAN, "closed", NAN),
        (10.0, 15.0, None, NAN),
        (10.0, 16.0, "closed", 5.0),
        (16.0, NAN, None, NAN),
        (NAN, NAN, None, NAN),
    ],
)
def test_days_without_an_answer(at, resolved, status, days):
    assert waited(at, 15.0, resolved, status) == pytest.approx(days, nan_ok=True)


@pytest.mark.parametrize(
    ("word", "holds", "may"),
    [
        ("yes", "permission", "may_contact"),
        ("no", "permission", "no_consent"),
        (None, "permission", "consent_unknown"),
        ("maybe", "permission", "consent_unknown"),
        ("yes", "refusal", "do_not_contact"),
        ("maybe", "refusal", "do_not_contact"),
        ("否", "refusal", "may_contact"),
        (None, "refusal", "may_contact"),
    ],
)
def test_flags_say_who_may_be_contacted(word, holds, may):
    assert contact((word,), (holds,)) == may


def test_the_strictest_flag_decides():
    assert contact((None, "yes"), ("permission", "refusal")) == "do_not_contact"
    assert contact(("no", None), ("permission", "permission")) == "no_consent"
