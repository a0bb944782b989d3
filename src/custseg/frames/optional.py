"""Optional libraries, loaded where they are used or refused with what to install."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from custseg.errors import MissingDependencyError


def optional(name: str, *, extra: str = "") -> ModuleType:
    """Load an optional library.

    Args:
        name: Module to import.
        extra: Extra of custseg that brings it.

    Raises:
        MissingDependencyError: It is not installed; the message says what to install.

    >>> optional("json").__name__
    'json'
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingDependencyError(name, extra) from error


def arrow_there() -> bool:
    """Whether PyArrow is installed.

    >>> arrow_there() in (True, False)
    True
    """
    return find_spec("pyarrow") is not None
