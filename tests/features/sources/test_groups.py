import pandas as pd
import pytest

from custseg import frames
from custseg.errors import ConfigError
from custseg.features.sources.groups import Ends, Groups, key


def test_spellings_are_one_source_in_the_most_frequent_of_them():
    words = ["google", "Google", "Google ", "GOOGLE", "Google", None, "Select"]
    found = Groups.of(frames.table(pd.DataFrame({"s": words})), ("s",))
    assert found.sources == [(None,), ("Google",)]
    assert found.at.tolist() == [1, 1, 1, 1, 1, 0, 0]


def test_combinations_are_told_apart():
    rows = [{"a": "x", "b": "y"}, {"a": "x", "b": None}, {"a": "x", "b": "y"}]
    found = Groups.of(frames.table(rows), ("a", "b"), [("X", "Y"), ("x", "z")])
    assert found.sources == [("x", None), ("x", "y"), ("x", "z")]
    assert found.at.tolist() == [1, 0, 1]
    assert key(["X-y", 7, "n/a"]) == ("x y", "7", None)


@pytest.mark.parametrize(
    ("values", "positive", "won"),
    [
        ([1, 0], None, [True, False]),
        ([True, False], None, [True, False]),
        ([1.0, 2.0], 1, [True, False]),
        (["1", "2"], 2, [False, True]),
        (["A", "b"], " a ", [True, False]),
        (["赢单", "输单"], None, [True, False]),
    ],
)
def test_endings_are_read(values, positive, won):
    table = frames.table([{"end": value} for value in values])
    found = Ends.of(table, "end", positive)
    assert (found.won.tolist(), found.known.tolist()) == (won, [True, True])


def test_words_that_do_not_tell_are_refused_unseen():
    with pytest.raises(ConfigError) as refused:
        Ends.of(frames.table([{"end": "Blue"}]), "end", None)
    assert "Blue" not in str(refused.value)
