"""How good is this customer, and why?"""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.scoring.auditing.findings import Finding
    from custseg.scoring.auditing.recalibrating import calibrate
    from custseg.scoring.auditing.report import Audit
    from custseg.scoring.auditing.running import audit
    from custseg.scoring.bayes.counts import OutcomeCounts
    from custseg.scoring.bayes.spec import NaiveBayes
    from custseg.scoring.binning.reading import binned
    from custseg.scoring.binning.settings import Binning
    from custseg.scoring.binning.table import Bin, BinningTable
    from custseg.scoring.card.contributions import Contributions
    from custseg.scoring.card.difference import CardDifference, Move
    from custseg.scoring.card.explanation import ScoreExplanation
    from custseg.scoring.card.factor import Factor
    from custseg.scoring.card.grades import Grades
    from custseg.scoring.card.groups import Group
    from custseg.scoring.card.learnt import Learnt
    from custseg.scoring.card.lines import Ask, Part, Raise
    from custseg.scoring.card.matrix import GradeMatrix
    from custseg.scoring.card.odds import Chance, ChanceCurve, Odds
    from custseg.scoring.card.review import GradeReview
    from custseg.scoring.card.scorecard import Scorecard, score
    from custseg.scoring.card.veto import Veto
    from custseg.scoring.curves.bends import Decay, Log
    from custseg.scoring.curves.binned import Bins, Levels
    from custseg.scoring.curves.shapes import Categories, Curve, Points, Ramp, Steps
    from custseg.scoring.deals.calls import Call, CallList, call_list
    from custseg.scoring.deals.model import DealModel
    from custseg.scoring.deals.names import DealNames
    from custseg.scoring.deals.spec import Deals
    from custseg.scoring.deals.telling import DealExplanation
    from custseg.scoring.feedback.painpoints import topics
    from custseg.scoring.feedback.pains import PainPoint, PainPoints, Voice
    from custseg.scoring.feedback.signals import Signal
    from custseg.scoring.feedback.triage import Triage
    from custseg.scoring.feedback.worklist import Worklist
    from custseg.scoring.folds import cross_fitted
    from custseg.scoring.importing.optbinned import optbinning_card
    from custseg.scoring.prior.spec import ExpertPrior
    from custseg.scoring.surrogate.fidelity import Fidelity, fidelity
    from custseg.scoring.surrogate.score import ClassifierScore
    from custseg.scoring.surrogate.spec import Surrogate
    from custseg.scoring.weighing.hierarchy import AHP
    from custseg.scoring.weighing.ideal import Topsis, TopsisModel
    from custseg.scoring.weighing.told import DataWeights
    from custseg.scoring.weighing.weights import Weights
    from custseg.scoring.woe.spec import WeightOfEvidence

__all__ = [
    "AHP",
    "Ask",
    "Audit",
    "Bin",
    "Binning",
    "BinningTable",
    "Bins",
    "Call",
    "CallList",
    "CardDifference",
    "Categories",
    "Chance",
    "ChanceCurve",
    "ClassifierScore",
    "Contributions",
    "Curve",
    "DataWeights",
    "DealExplanation",
    "DealModel",
    "DealNames",
    "Deals",
    "Decay",
    "ExpertPrior",
    "Factor",
    "Fidelity",
    "Finding",
    "GradeMatrix",
    "GradeReview",
    "Grades",
    "Group",
    "Learnt",
    "Levels",
    "Log",
    "Move",
    "NaiveBayes",
    "Odds",
    "OutcomeCounts",
    "PainPoint",
    "PainPoints",
    "Part",
    "Points",
    "Raise",
    "Ramp",
    "ScoreExplanation",
    "Scorecard",
    "Signal",
    "Steps",
    "Surrogate",
    "Topsis",
    "TopsisModel",
    "Triage",
    "Veto",
    "Voice",
    "WeightOfEvidence",
    "Weights",
    "Worklist",
    "audit",
    "binned",
    "calibrate",
    "call_list",
    "cross_fitted",
    "fidelity",
    "optbinning_card",
    "score",
    "topics",
]

__getattr__ = opener(
    __name__,
    {
        "AHP": "weighing.hierarchy",
        "Ask": "card.lines",
        "Audit": "auditing.report",
        "Bin": "binning.table",
        "Binning": "binning.settings",
        "BinningTable": "binning.table",
        "Bins": "curves.binned",
        "Call": "deals.calls",
        "CallList": "deals.calls",
        "CardDifference": "card.difference",
        "Categories": "curves.shapes",
        "Chance": "card.odds",
        "ChanceCurve": "card.odds",
        "ClassifierScore": "surrogate.score",
        "Contributions": "card.contributions",
        "Curve": "curves.shapes",
        "DataWeights": "weighing.told",
        "DealExplanation": "deals.telling",
        "DealModel": "deals.model",
        "DealNames": "deals.names",
        "Deals": "deals.spec",
        "Decay": "curves.bends",
        "ExpertPrior": "prior.spec",
        "Factor": "card.factor",
        "Fidelity": "surrogate.fidelity",
        "Finding": "auditing.findings",
        "GradeMatrix": "card.matrix",
        "GradeReview": "card.review",
        "Grades": "card.grades",
        "Group": "card.groups",
        "Learnt": "card.learnt",
        "Levels": "curves.binned",
        "Log": "curves.bends",
        "Move": "card.difference",
        "NaiveBayes": "bayes.spec",
        "Odds": "card.odds",
        "OutcomeCounts": "bayes.counts",
        "PainPoint": "feedback.pains",
        "PainPoints": "feedback.pains",
        "Part": "card.lines",
        "Points": "curves.shapes",
        "Raise": "card.lines",
        "Ramp": "curves.shapes",
        "ScoreExplanation": "card.explanation",
        "Scorecard": "card.scorecard",
        "Signal": "feedback.signals",
        "Steps": "curves.shapes",
        "Surrogate": "surrogate.spec",
        "Topsis": "weighing.ideal",
        "TopsisModel": "weighing.ideal",
        "Triage": "feedback.triage",
        "Veto": "card.veto",
        "Voice": "feedback.pains",
        "WeightOfEvidence": "woe.spec",
        "Weights": "weighing.weights",
        "Worklist": "feedback.worklist",
        "audit": "auditing.running",
        "binned": "binning.reading",
        "calibrate": "auditing.recalibrating",
        "call_list": "deals.calls",
        "cross_fitted": "folds",
        "fidelity": "surrogate.fidelity",
        "optbinning_card": "importing.optbinned",
        "score": "card.scorecard",
        "topics": "feedback.painpoints",
    },
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
