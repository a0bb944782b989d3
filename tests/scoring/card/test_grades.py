import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.rules import Ladder
from custseg.scoring import Grades

edges = st.lists(st.integers(-9999, 9999), unique=True, max_size=5).map(
    lambda n: tuple(x / 100 for x in sorted(n, reverse=True))
)
scales = edges.map(lambda e: Grades(e, tuple(f"g{i}" for i in range(len(e) + 1))))


@given(scales, st.integers(-10_000, 10_000))
def test_the_tree_grades_as_the_scale_does(grades, whole):
    assert compiled(grades.rule(Ladder((), whole)))({}) == grades.of(whole / 100)


@given(scales)
def test_a_score_on_an_edge_has_the_better_grade(grades):
    assert [grades.of(edge) for edge in grades.edges] == list(grades.names[:-1])


@given(scales, st.integers(-10_000, 10_000))
def test_the_next_grade_is_one_better_and_at_its_edge(grades, whole):
    now = grades.names.index(grades.of(whole / 100))
    step = grades.above(whole / 100)
    assert (step is None) == (now == 0)
    if step is not None:
        assert step == (grades.names[now - 1], grades.edges[now - 1])


def test_labels_run_from_the_worst_to_the_best():
    assert Grades().rule(Ladder((), 0)).words == ("D", "C", "B", "A")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Grades((40, 60, 80)), "edges of grades must descend, the best grade first"),
        (lambda: Grades((60, 60), ("A", "B", "C")), "must descend"),
        (lambda: Grades((80,), ("A", "B", "C")), "1 edges make 2 grades, got 3 names"),
        (lambda: Grades((80,), ("A", "A")), "names of grades must differ"),
        (lambda: Grades((float("nan"),), ("A", "B")), "edges of grades must be finite"),
    ],
)
def test_an_impossible_scale_is_refused(make, said):
    with pytest.raises(ConfigError, match=said):
        make()
