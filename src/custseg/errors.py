"""Everything custseg raises and warns of: what was wrong, what was got, what to do.

Fields are positional, so every error survives the trip back from a worker process.
"""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(got: str, known: Iterable[str]) -> str:
    """The nearest known name; empty where none is near.

    >>> nearest("revenu", ["revenue", "orders"]), nearest("xyz", ["revenue", "orders"])
    ('revenue', '')
    """
    near = get_close_matches(str(got), list(map(str, known)), n=1)  # pandas names by numbers too
    return near[0] if near else ""


def did_you_mean(got: str, known: Iterable[str]) -> str:
    """Suggest the nearest known name, as a sentence to append.

    >>> did_you_mean("revenu", ["revenue", "orders"])
    " Did you mean 'revenue'?"
    """
    near = nearest(got, known)
    return f" Did you mean {near!r}?" if near else ""


class CustsegError(Exception):
    """Catch this to catch all of custseg.

    Attributes:
        code: Stable name of the error, for machines (``--json``).

    >>> issubclass(DataError, CustsegError), DataError.code
    (True, 'data')
    """

    code = "error"


class MissingColumnError(CustsegError, KeyError):
    """A column that is read is not in the data.

    >>> str(MissingColumnError("revenu", ("customer_id", "revenue")))
    "no column 'revenu' among ['customer_id', 'revenue']. Did you mean 'revenue'?"
    """

    code = "missing-column"

    def __init__(self, column: str, available: Iterable[str] = ()) -> None:
        """Name the column and what there is instead."""
        self.column = column
        self.available = tuple(available)
        super().__init__(self.column, self.available)

    def __str__(self) -> str:
        """Say what was asked for, what is there and the nearest name."""
        hint = did_you_mean(self.column, self.available)
        return f"no column {self.column!r} among {list(self.available)}.{hint}"


class ConfigError(CustsegError, ValueError):
    """Settings do not describe a strategy; ``path`` says where in the document.

    >>> str(ConfigError("dormant_after must be above 0, got -1", "lifecycle.strategy"))
    'lifecycle.strategy: dormant_after must be above 0, got -1'
    """

    code = "config"

    def __init__(self, message: str, path: str = "") -> None:
        """Keep the message and the path apart for machines."""
        self.message = message
        self.path = path
        super().__init__(message, path)

    def __str__(self) -> str:
        """Put the path before the message."""
        return f"{self.path}: {self.message}" if self.path else self.message


class DataError(CustsegError, ValueError):
    """Data cannot be read as what it should be; names the column and the row.

    >>> str(DataError("holds text where a number is needed", "revenue", 3))
    "column 'revenue', row 3: holds text where a number is needed"
    """

    code = "data"

    def __init__(self, message: str, column: str = "", row: int | None = None) -> None:
        """Keep the place apart from the message."""
        self.message = message
        self.column = column
        self.row = row
        super().__init__(message, column, row)

    def __str__(self) -> str:
        """Put the place before the message."""
        place = f"column {self.column!r}" if self.column else ""
        if self.row is not None:
            place = f"{place}, row {self.row}" if place else f"row {self.row}"
        return f"{place}: {self.message}" if place else self.message


class NotEnoughDataError(CustsegError, ValueError):
    """There is too little data to learn from.

    >>> NotEnoughDataError.code
    'not-enough-data'
    """

    code = "not-enough-data"


class CapacityError(CustsegError, ValueError):
    """Capacities are impossible or contradict one another.

    >>> CapacityError.code
    'capacity'
    """

    code = "capacity"


class CancelledError(CustsegError, RuntimeError):
    """The progress callback asked to stop.

    >>> CancelledError.code
    'cancelled'
    """

    code = "cancelled"


class CustsegWarning(UserWarning):
    """What custseg does otherwise than asked, though it goes on: what, why, and what to do.

    Filter it as any warning: ``warnings.simplefilter("error", CustsegWarning)`` makes it an error.

    >>> issubclass(MissingFontWarning, CustsegWarning), issubclass(CustsegWarning, UserWarning)
    (True, True)
    """


class MissingFontWarning(CustsegWarning):
    """No font with Chinese characters is installed, so a figure speaks English instead.

    >>> issubclass(MissingFontWarning, UserWarning)
    True
    """


class LostTextWarning(CustsegWarning):
    """Some lines of a file hold letters that no encoding explains.

    >>> issubclass(LostTextWarning, UserWarning)
    True
    """


class MissingDependencyError(CustsegError, ImportError):
    """An optional library is not installed.

    >>> str(MissingDependencyError("polars", "polars"))
    "this needs 'polars', which is not installed: pip install 'custseg[polars]'"
    >>> str(MissingDependencyError("java", "", "install a Java runtime"))
    "this needs 'java', which is not installed: install a Java runtime"
    """

    code = "missing-dependency"

    def __init__(self, package: str, extra: str = "", remedy: str = "") -> None:
        """Name the package and the extra that brings it, or what else there is to do."""
        self.package = package
        self.extra = extra
        self.remedy = remedy
        super().__init__(package, extra, remedy)

    def __str__(self) -> str:
        """Say what to install."""
        if self.remedy:
            return f"this needs {self.package!r}, which is not installed: {self.remedy}"
        what = f"custseg[{self.extra}]" if self.extra else self.package
        return f"this needs {self.package!r}, which is not installed: pip install {what!r}"
