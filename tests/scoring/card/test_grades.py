import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import compiled
from custseg.rules import Ladder
from custseg.scoring import ChanceCurve, Grades, Odds

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


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=40),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
)
def test_grades_by_share_split_no_ties_and_are_as_near_as_can_be(scores, parts):
    shares = [part / 13 for part in parts]
    if len(set(scores)) <= len(shares):
        with pytest.raises(NotEnoughDataError, match="more different scores"):
            Grades.from_shares(scores, shares)
        return
    grades = Grades.from_shares(scores, shares)
    assert Grades.from_shares(scores[::-1], shares) == grades
    held = [sum(score >= edge for score in scores) / len(scores) for edge in grades.edges]
    first = [sum(s >= edge for s in scores) / len(scores) for edge in sorted(set(scores))[1:]]
    reachable = [abs(share - shares[0]) for share in first[len(shares) - 1 :]]
    assert abs(held[0] - shares[0]) == pytest.approx(min(reachable))
    assert len(grades.names) == len(shares) + 1


def test_missing_scores_do_not_count():
    scores = [None, float("nan"), 3.0, 2.0, 1.0]
    assert Grades.from_shares(scores, (1 / 3, 1 / 3)).edges == (3.0, 2.0)


def test_grades_by_cost_are_where_each_pays():
    scale = Odds(at=50, double=10)
    grades = Grades.from_costs(scale, {"visit": 200, "call": 20, "none": 0}, benefit=1000)
    for name, cost, edge in zip(grades.names, (200, 20), grades.edges, strict=False):
        assert scale.probability(edge) * 1000 >= cost
        assert scale.probability(edge - 0.01) * 1000 < cost
        assert grades.of(edge) == name
    measured = ChanceCurve(((0, 0.1), (100, 0.6)))
    assert Grades.from_costs(measured, {"call": 300, "none": 0}, benefit=1000).edges == (40.0,)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Grades.from_shares([1, 2], ()), "shares of grades are above 0"),
        (lambda: Grades.from_shares([1, 2], (0.9, 0.9)), "1 at most together"),
        (lambda: Grades.from_costs(Odds(), {"call": 1}, benefit=9), "end with one of 0"),
        (lambda: Grades.from_costs(Odds(), {"call": 9, "no": 0}, benefit=9), "never pays"),
        (lambda: Grades.from_costs(Odds(), {"call": 9, "no": 0}, benefit=0), "benefit must be"),
        (
            lambda: Grades.from_costs(ChanceCurve(((0, 0.1),)), {"a": 5, "b": 0}, benefit=9),
            "no points have a probability of 0.55",
        ),
    ],
    ids=range(6),
)
def test_grades_that_cannot_be_made_are_refused(make, said):
    with pytest.raises((ConfigError, NotEnoughDataError), match=said):
        make()
