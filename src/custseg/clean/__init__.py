"""Is this value right? Normalised, placeholders taken out, counted, with a log of every change."""

from custseg.clean.assessing.report import Quality
from custseg.clean.assessing.rules import HALF_LIVES, Agreement, QualityRules
from custseg.clean.assessing.standing import Fix
from custseg.clean.assessment import FieldQuality
from custseg.clean.changes import Change, Changes
from custseg.clean.cleaner import Cleaner, clean, quality
from custseg.clean.model import CleanModel
from custseg.clean.outcome import Cleaned, CleanReport

__all__ = [
    "HALF_LIVES",
    "Agreement",
    "Change",
    "Changes",
    "CleanModel",
    "CleanReport",
    "Cleaned",
    "Cleaner",
    "FieldQuality",
    "Fix",
    "Quality",
    "QualityRules",
    "clean",
    "quality",
]
