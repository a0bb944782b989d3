"""Strategies as plain data: dump, load, what is wrong with one, and a JSON Schema."""

from custseg.config.document import dump, load
from custseg.config.forms import schema
from custseg.config.refused import Problem, problems
from custseg.config.registry import kinds, strategy

__all__ = ["Problem", "dump", "kinds", "load", "problems", "schema", "strategy"]
