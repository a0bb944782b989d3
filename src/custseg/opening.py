"""Packages whose public names load on first use (PEP 562)."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def opener(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of such a package.

    Args:
        package: Its name.
        homes: Public name -> the module that holds it, from the package on.

    Raises:
        AttributeError: When another name is asked for.

    >>> opener("custseg.scoring", {"Ramp": "curves.shapes"})("Ramp").__name__
    'Ramp'
    """

    def fetch(name: str) -> object:
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        found = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return fetch
