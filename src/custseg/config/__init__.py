"""Strategies as plain data: names of kinds, dump, load, and a JSON Schema for forms."""

from custseg.config.document import dump, load
from custseg.config.forms import schema
from custseg.config.registry import kinds, strategy

__all__ = ["dump", "kinds", "load", "schema", "strategy"]
