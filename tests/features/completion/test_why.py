from custseg.features import Completeness

CARD = Completeness({"a": 1, "b": 1, "c": 1, "email": 3})
RECORD = {"a": "x", "b": "x", "c": None, "email": "li@"}


def test_thirds_add_up_to_the_hundredth():
    why = CARD.explain({**RECORD, "c": "x"})
    assert [part.points for part in why.parts] == [16.67, 16.66, 16.67, 0.0]
    assert why.points == 50.0
    assert [part.gain for part in why.parts] == [0, 0, 0, 50.0]


def test_a_record_is_explained_in_both_languages():
    why = CARD.explain(RECORD)
    assert why.text().splitlines()[:2] == ["completeness: 33.33", "field to ask for next: email"]
    assert "无效" in why.text("zh")
    assert "<td>invalid</td>" in why._repr_html_()
    said = why.as_dict()
    assert said["next_field"] == "email"
    assert said["parts"][2] == {
        "field": "c",
        "state": "empty",
        "points": 0.0,
        "possible": 16.67,
        "gain": 16.67,
    }


def test_no_value_of_a_record_is_shown():
    assert "li@" not in f"{CARD.explain(RECORD).as_dict()}{CARD.explain(RECORD).text()}"


def test_nothing_is_gained_by_what_is_full():
    for absent in "abc":
        record = {**dict.fromkeys("abc", "x"), absent: None}
        why = Completeness(dict.fromkeys("abc", 1)).explain(record)
        assert [part.gain > 0 for part in why.parts] == [each == absent for each in "abc"]
        assert sum(round(part.possible * 100) for part in why.parts) == 10_000
        assert sum(round(part.points * 100) for part in why.parts) == round(why.points * 100)
