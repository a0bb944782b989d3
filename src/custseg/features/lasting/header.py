"""What is said of kept transactions beside their rows: version, conventions, batches, account."""

from collections.abc import Mapping
from typing import Any, Final, Never, cast

import attrs

from custseg.config.fingerprints import digest
from custseg.errors import ConfigError, DataError
from custseg.features.conventions import Conventions
from custseg.features.lasting.taking import Taken
from custseg.features.names import Names
from custseg.features.report import TableReport

VERSION: Final = 1
"""Version of the form in which rows are kept."""


def counted_by(names: Names, conventions: Conventions) -> str:
    """Fingerprint of what columns are called and how days and money are counted.

    >>> counted_by(Names(), Conventions()) == counted_by(Names(), Conventions(tz="Asia/Shanghai"))
    False
    """
    return digest({"names": attrs.asdict(names), "conventions": attrs.asdict(conventions)})


@attrs.frozen
class Header:
    """What is said of kept transactions beside their rows.

    Attributes:
        counted_by: Fingerprint of names and conventions.
        report: What became of every row that came in.
        columns: The column that played each role.
        taken: The batches that were taken in, by name.
        currency: The currency that was found, where the conventions do not say.
    """

    counted_by: str
    report: TableReport
    columns: Mapping[str, str]
    taken: Mapping[str, Taken]
    currency: str | None

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "schema_version": VERSION,
            "counted_by": self.counted_by,
            "currency": self.currency,
            "columns": dict(self.columns),
            "report": self.report.as_dict(),
            "batches": {name: attrs.asdict(batch) for name, batch in self.taken.items()},
        }

    @classmethod
    def of(cls, document: Mapping[str, Any], names: Names, conventions: Conventions) -> "Header":
        """Read what was kept.

        Raises:
            ConfigError: It is of another version, or was counted by other names or conventions.
        """
        version, mine = document.get("schema_version"), counted_by(names, conventions)
        if version != VERSION:
            msg = (
                f"the state is of version {version}, and this custseg reads version {VERSION}; "
                "make it anew from all transactions"
            )
            raise ConfigError(msg, "schema_version")
        if document.get("counted_by") != mine:
            msg = (
                "the state was made with other names or conventions (time zone, currency, "
                "refunds, ...); use those that it was made with, or make it anew from all "
                "transactions"
            )
            raise ConfigError(msg, "conventions")
        told = cast("Mapping[str, Any]", document["report"])
        report = TableReport(told["table"], told["rows"], told["left_out"], told["notes"])
        batches = cast("Mapping[str, Mapping[str, Any]]", document["batches"])
        taken = {name: Taken(**batch) for name, batch in batches.items()}
        columns = cast("Mapping[str, str]", document["columns"])
        return cls(mine, report, columns, taken, document["currency"])


def both_taken(mine: Mapping[str, Taken], other: Mapping[str, Taken]) -> dict[str, Taken]:
    """The batches of both.

    Raises:
        DataError: One is in both.
    """
    again = mine.keys() & other.keys()
    if again:
        _refuse(len(again))
    return dict(sorted({**mine, **other}.items()))


def check_new(mine: Mapping[str, Taken], other: Mapping[str, Taken]) -> None:
    """Batches that go by what they hold are known under whatever name that came before.

    Raises:
        DataError: One was taken in already.
    """
    held = {batch.content for batch in mine.values()}
    again = sum(name == batch.content and name in held for name, batch in other.items())
    if again:
        _refuse(again)


def _refuse(again: int) -> Never:
    msg = (
        f"{again} batches were taken in already, and their transactions would count "
        "twice; leave them out, or give a batch of other transactions a name of its own "
        "(batch=...)"
    )
    raise DataError(msg)


def one_currency(mine: str | None, other: str | None, column: str) -> str | None:
    """The currency of both.

    Raises:
        DataError: They are two.
    """
    if mine is not None and other is not None and mine != other:
        msg = (
            f"holds amounts in {other} where there were amounts in {mine}; say which is the "
            "company's and what the others are worth: Conventions(currency=..., rates={...})"
        )
        raise DataError(msg, column)
    return mine or other
