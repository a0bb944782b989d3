"""What can be tried without data of one's own? Generated customers and leads, and CDNOW."""

from custseg.datasets.export import TableKind
from custseg.datasets.generate import BatchOptions, Crm, Setting, crm, crm_batches
from custseg.datasets.prospects import Leads, leads
from custseg.datasets.recipe import Locale, Recipe
from custseg.datasets.samples import cdnow
from custseg.datasets.volume import transactions

__all__ = [
    "BatchOptions",
    "Crm",
    "Leads",
    "Locale",
    "Recipe",
    "Setting",
    "TableKind",
    "cdnow",
    "crm",
    "crm_batches",
    "leads",
    "transactions",
]
