from custseg.reasons import Reason
from custseg.scoring import Part, Raise


def test_a_line_is_called_by_its_title():
    part = Part("x1", -250, 0.0, Reason("score_lost"), title="late payment")
    assert part.text() == "late payment -2.5 (at most 0): takes points away"
    assert part.text("zh") == "late payment -2.5（最多 0）：扣分"


def test_a_raise_names_the_group_whose_points_are_lacking():
    said = Raise("A1", 2.0, (), "fit").text()
    assert said == "2 points of fit short of grade A1; out of reach of this card"
