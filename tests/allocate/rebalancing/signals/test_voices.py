import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Voice
from custseg.errors import ConfigError

TEAM = {"rep_id": Codes(np.array([0, 1, 2]), ("R1", "R2", "R3"))}


def points(said, cells, **settings):
    words = tuple(dict.fromkeys(c for c in cells if c))
    at = np.array([words.index(c) if c else -1 for c in cells])
    wish = Voice(said, "said", **settings)
    return wish.points({"said": Codes(at, words)}, TEAM).tolist()


def test_a_request_speaks_for_whom_it_names():
    assert points("request", ["R1;R3", None, "R9"]) == [[1, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_a_decline_speaks_for_all_the_others():
    assert points("decline", ["R1", None]) == [[0, 1, 1], [0, 0, 0]]


def test_a_strict_complaint_excludes():
    found = points("complaint", ["R2", None], strict=True)
    assert found[1] == [0, 0, 0]
    assert found[0][0] == 1
    assert np.isnan(found[0][1])


@pytest.mark.parametrize("said", ["request", "preference", "complaint", "decline"])
def test_each_has_a_sentence_in_both_languages(said):
    reason = Voice(said).reason
    assert reason.text() != reason.code
    assert reason.text("zh") != reason.text()


def test_what_cannot_be_said_is_refused():
    with pytest.raises(ConfigError, match="one of"):
        Voice("shouts")
    with pytest.raises(ConfigError, match="excludes nobody"):
        Voice("request", strict=True)
