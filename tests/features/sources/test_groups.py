import pandas as pd

from custseg import frames
from custseg.features.sources.groups import Groups, key


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


def test_many_columns_of_many_words_are_told_apart():
    every = [(f"{n:04}",) * 6 for n in range(4095)]  # 4096 to the sixth is more than 64 bits hold
    rows = [*every, ("0000", *every[5][1:]), ("0016", *every[5][1:])]
    found = Groups.of(frames.table(pd.DataFrame(rows, columns=list("abcdef"))), tuple("abcdef"))
    assert [found.sources[at] for at in found.at.tolist()] == rows
