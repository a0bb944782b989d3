"""Which runner does the work: one a kind of engine, found by the engine's name."""

from importlib import import_module
from typing import Any, Final

from custseg.frames.parts.runner import Runner
from custseg.frames.table import Table

_RUNNERS: Final = {
    "": "eager:EagerRunner",
    "dask": "dask:DaskRunner",
    "dataset": "dataset:DatasetRunner",
    "duckdb": "duck:DuckRunner",
    "polars": "polars:PolarsRunner",
    "spark": "spark:SparkRunner",
}
"""`Table.engine` -> the module and the class that works there."""

_FETCHED: Final = "landed:LandedRunner"


def runner_of(table: Table[Any]) -> Runner:
    """The runner of a table's engine.

    Args:
        table: An opened table.
    """
    home, _, kind = _RUNNERS.get(table.engine, _FETCHED).partition(":")
    made: Runner = getattr(import_module(f"custseg.frames.parts.{home}"), kind)()
    return made
