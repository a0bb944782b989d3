import pytest

from custseg.errors import ConfigError, MissingColumnError
from custseg.features import LearnedSentiment
from custseg.features.sentiment.labelled import Reading, labelled
from custseg.values.sentiment.told import told


def read(labels, **how):
    rows = [{"text": f"text {i}", "label": label} for i, label in enumerate(labels)]
    return labelled(rows, "text", "label", Reading(**how))


@pytest.mark.parametrize(
    "labels", [(1, 0), (True, False), ("好评", "差评"), ("POS", "neg"), (1.0, 0.0)]
)
def test_labels_that_say_it_themselves(labels):
    assert sorted(read(labels).kind) == [False, True]


def test_stars_leave_out_those_between():
    found = read([1, 2, 3, 4, 5, None], unkind_to=2, kind_from=4)
    assert (found.kind, found.left_out) == ((False, False, True, True), 2)


def test_the_mark_of_a_complaint_is_a_label():
    assert read([1, 0, 0], positive=0).kind == (False, True, True)
    assert read(["Complaint", "visit"], positive="visit").kind == (False, True)


def test_rows_without_text_or_label_are_counted():
    rows = [{"text": "a", "label": 1}, {"text": " ", "label": 1}, {"text": "b", "label": None}]
    assert labelled(rows, "text", "label", Reading()).left_out == 2


def test_the_order_of_rows_makes_no_difference():
    rows = [{"text": f"text {i}", "label": i % 2} for i in range(20)]
    assert labelled(rows, "text", "label", Reading()) == labelled(
        rows[::-1], "text", "label", Reading()
    )


def test_labels_that_say_nothing_are_refused_and_not_shown():
    with pytest.raises(ConfigError, match="3 different labels") as refused:
        read(["secret", "1", "0"])
    assert "secret" not in str(refused.value)
    with pytest.raises(ConfigError, match="two ends"):
        Reading(unkind_to=2).reader()
    with pytest.raises(MissingColumnError):
        labelled([{"note": "a"}], "text", "label", Reading())
    with pytest.raises(ConfigError, match="different labels"):
        read(["many", "few"], unkind_to=2, kind_from=4)


def test_told():
    assert (told("满意"), told("投诉"), told("中评"), told("")) == (True, False, None, None)


@pytest.mark.parametrize(
    ("how", "path"),
    [
        ({"positive": " "}, "positive"),
        ({"unkind_to": 9, "kind_from": 6}, "unkind_to"),
        ({"unkind_to": 6, "kind_from": 6}, "unkind_to"),
        ({"size": 1.5}, "size"),
        ({"ridge": float("nan")}, "ridge"),
        ({"prior_shift": 2.0}, "prior_shift"),
    ],
)
def test_settings_that_would_learn_nonsense_are_refused(how: dict[str, object], path: str):
    with pytest.raises(ConfigError, match=path):
        LearnedSentiment(**how)


def test_a_label_of_kind_texts_that_never_occurs_is_refused():
    rows = [{"text": "fine", "label": "Praise"}, {"text": "late", "label": "complaint"}]
    assert LearnedSentiment(positive="praise").fit(rows).kind_rows == 1
    with pytest.raises(ConfigError, match="never holds"):
        LearnedSentiment(positive="prais").fit(rows)
    assert LearnedSentiment(positive="praise").fit([]).rows == 0
