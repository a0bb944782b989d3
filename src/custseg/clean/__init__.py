"""Is this value right? Normalised, placeholders taken out, counted, with a log of every change."""

from custseg.clean.assessment import FieldQuality, Quality
from custseg.clean.changes import Change, Changes
from custseg.clean.cleaner import Cleaner, clean, quality
from custseg.clean.model import Cleaned, CleanModel, CleanReport

__all__ = [
    "Change",
    "Changes",
    "CleanModel",
    "CleanReport",
    "Cleaned",
    "Cleaner",
    "FieldQuality",
    "Quality",
    "clean",
    "quality",
]
