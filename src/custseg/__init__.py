"""What each customer is, is worth, how good the record is, and who should look after it.

Rooms load on first use (PEP 562), so ``import custseg`` costs next to nothing:

>>> import custseg as cs
>>> cs.label("dormant", "zh")
'沉默客户'
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg import (
        allocate,
        checks,
        classify,
        clean,
        datasets,
        features,
        lifetime,
        match,
        measures,
        plot,
        progress,
        report,
        scoring,
        sklearn,
        tiering,
    )
    from custseg._about import __version__, show_versions
    from custseg.config import dump, load, schema, strategy
    from custseg.errors import CustsegError
    from custseg.features import (
        Conventions,
        Names,
        PartitionedLog,
        TransactionLog,
        profile,
    )
    from custseg.labels import label
    from custseg.pipeline import Pipeline, Policy
    from custseg.rules import F

_HOMES = {
    "__version__": "_about",
    "show_versions": "_about",
    "dump": "config",
    "load": "config",
    "schema": "config",
    "strategy": "config",
    "CustsegError": "errors",
    "Conventions": "features",
    "Names": "features",
    "PartitionedLog": "features",
    "TransactionLog": "features",
    "profile": "features",
    "label": "labels",
    "Pipeline": "pipeline",
    "Policy": "pipeline",
    "F": "rules",
}
_fetch = opener(__name__, _HOMES)
_ROOMS = frozenset(
    {
        "allocate",
        "checks",
        "classify",
        "clean",
        "datasets",
        "features",
        "lifetime",
        "match",
        "measures",
        "plot",
        "progress",
        "report",
        "scoring",
        "sklearn",
        "tiering",
    }
)

__all__ = [
    "Conventions",
    "CustsegError",
    "F",
    "Names",
    "PartitionedLog",
    "Pipeline",
    "Policy",
    "TransactionLog",
    "__version__",
    "allocate",
    "checks",
    "classify",
    "clean",
    "datasets",
    "dump",
    "features",
    "label",
    "lifetime",
    "load",
    "match",
    "measures",
    "plot",
    "profile",
    "progress",
    "report",
    "schema",
    "scoring",
    "show_versions",
    "sklearn",
    "strategy",
    "tiering",
]


# A library says nothing unless it is asked to: the caller's program sets up logging.
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    """Open a room, or fetch a public name, when it is first asked for."""
    return import_module(f"custseg.{name}") if name in _ROOMS else _fetch(name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
