"""Which custseg this is, and beside which libraries it runs."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

__version__: Final = version("custseg")

_NEIGHBOURS: Final = (
    "attrs",
    "cattrs",
    "narwhals",
    "numpy",
    "pandas",
    "scipy",
    "rapidfuzz",
    "polars",
    "pyarrow",
    "duckdb",
    "sqlglot",
)


def show_versions() -> dict[str, str]:
    """Versions of custseg, Python and the libraries around it, for a bug report.

    Returns:
        Name -> version; ``"-"`` where a library is not installed.

    >>> import custseg as cs
    >>> cs.show_versions()["custseg"] == cs.__version__
    True
    """
    return {
        "custseg": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        **{name: _installed(name) for name in _NEIGHBOURS},
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
