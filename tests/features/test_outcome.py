import pytest

from custseg import frames
from custseg.errors import ConfigError
from custseg.features.outcome import check_positive, ends_of


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
    found = ends_of(table, "end", positive)
    assert (found.won.tolist(), found.known.tolist()) == (won, [True, True])


def test_words_that_do_not_tell_are_refused_unseen():
    with pytest.raises(ConfigError) as refused:
        ends_of(frames.table([{"end": "Blue"}]), "end", None)
    assert "Blue" not in str(refused.value)


def test_a_positive_value_is_compared_like_any_word():
    table = frames.table([{"end": word} for word in ("Closed-Won", "shut", "in progress", None)])
    found = ends_of(table, "end", "closed won")
    assert found.won.tolist() == [True, False, False, False]
    assert (found.rows, found.cases, found.unknown) == (2, 1, 2)
    check_positive(table, found)
    with pytest.raises(ConfigError, match="among 3 distinct values"):
        check_positive(table, ends_of(table, "end", "gone"))
