import pytest

from custseg.allocate.rebalancing.signals.hearing import heard
from custseg.errors import ConfigError, DataError
from custseg.frames import table

IDS = ("customer_id", "rep_id")
PEOPLE = table([{"customer_id": "a"}, {"customer_id": "b"}])


def voice(customer, rep, said, **more):
    return {"customer_id": customer, "rep_id": rep, "said": said, **more}


def test_voices_of_one_kind_share_a_cell():
    found = heard(
        [voice("a", "R2", "request"), voice("a", "R1", "request"), voice("b", "R1", "complaint")],
        PEOPLE,
        IDS,
        0.0,
    )
    assert found.columns == {"requested_by": ["R1;R2", None], "complained_about": [None, "R1"]}
    assert found.count == {"request": 2, "complaint": 1}


def test_what_is_said_later_is_not_known_yet():
    said = [voice("a", "R1", "request", at="2026-07-01"), voice("a", "R2", "request", at=None)]
    found = heard(said, PEOPLE, IDS, 20634.0)  # 2026-06-30
    assert found.columns == {"requested_by": ["R2", None]}
    assert found.later == 1


def test_strangers_are_counted():
    assert heard([voice("z", "R1", "request")], PEOPLE, IDS, 0.0).strangers == 1


def test_unknown_words_and_double_columns_are_refused():
    with pytest.raises(DataError, match="said"):
        heard([voice("a", "R1", "shout")], PEOPLE, IDS, 0.0)
    people = table([{"customer_id": "a", "requested_by": None}])
    with pytest.raises(ConfigError, match="requested_by"):
        heard([voice("a", "R1", "request")], people, IDS, 0.0)
