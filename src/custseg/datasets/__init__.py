"""What can be tried without data of one's own? Generated customers, contacts, leads; CDNOW."""

from custseg.datasets.channels import Contacts, contacts
from custseg.datasets.export import TableKind
from custseg.datasets.generate import BatchOptions, Crm, Setting, crm, crm_batches
from custseg.datasets.prospects import Leads, leads
from custseg.datasets.recipe import Locale, Recipe
from custseg.datasets.samples import cdnow
from custseg.datasets.volume import transactions

__all__ = [
    "BatchOptions",
    "Contacts",
    "Crm",
    "Leads",
    "Locale",
    "Recipe",
    "Setting",
    "TableKind",
    "cdnow",
    "contacts",
    "crm",
    "crm_batches",
    "leads",
    "transactions",
]
