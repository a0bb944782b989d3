"""How good is this customer, and why?"""

from custseg.scoring.card.explanation import Part, Raise, ScoreExplanation
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.groups import Group
from custseg.scoring.card.scorecard import Scorecard, score
from custseg.scoring.curves.bends import Decay, Log
from custseg.scoring.curves.shapes import Categories, Curve, Points, Ramp, Steps

__all__ = [
    "Categories",
    "Curve",
    "Decay",
    "Factor",
    "Grades",
    "Group",
    "Log",
    "Part",
    "Points",
    "Raise",
    "Ramp",
    "ScoreExplanation",
    "Scorecard",
    "Steps",
    "score",
]
