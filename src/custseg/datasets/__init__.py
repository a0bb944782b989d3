"""What can be tried out without data of one's own? A generated CRM with its truth, and CDNOW."""

from custseg.datasets.export import TableKind
from custseg.datasets.generate import BatchOptions, Crm, Setting, crm, crm_batches
from custseg.datasets.recipe import Locale, Recipe
from custseg.datasets.samples import cdnow
from custseg.datasets.volume import transactions

__all__ = [
    "BatchOptions",
    "Crm",
    "Locale",
    "Recipe",
    "Setting",
    "TableKind",
    "cdnow",
    "crm",
    "crm_batches",
    "transactions",
]
