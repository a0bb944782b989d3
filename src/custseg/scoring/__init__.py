"""How good is this customer, and why?"""

from custseg.scoring.curves import Categories, Curve, Points, Ramp, Steps
from custseg.scoring.decay import Decay, Log
from custseg.scoring.explanation import Part, Raise, ScoreExplanation
from custseg.scoring.factor import Factor
from custseg.scoring.grades import Grades
from custseg.scoring.groups import Group
from custseg.scoring.scorecard import Scorecard, score

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
