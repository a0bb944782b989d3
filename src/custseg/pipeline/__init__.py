"""The whole job as one value: from raw tables to decided customers."""

from custseg.pipeline.actions import Actions
from custseg.pipeline.comparison import Change, PolicyDiff, diff
from custseg.pipeline.decision import Stamp
from custseg.pipeline.explanation import CustomerExplanation
from custseg.pipeline.life import Life, life_of
from custseg.pipeline.policy import Policy
from custseg.pipeline.queries import Queries
from custseg.pipeline.run import Run
from custseg.pipeline.scores import Question, Scores, scores_of
from custseg.pipeline.spec import Pipeline
from custseg.pipeline.worth import Worth, worth_of

__all__ = [
    "Actions",
    "Change",
    "CustomerExplanation",
    "Life",
    "Pipeline",
    "Policy",
    "PolicyDiff",
    "Queries",
    "Question",
    "Run",
    "Scores",
    "Stamp",
    "Worth",
    "diff",
    "life_of",
    "scores_of",
    "worth_of",
]
