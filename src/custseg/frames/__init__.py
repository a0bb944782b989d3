"""The one door: any kind of table in, arrays and codes inside, the same kind out."""

from typing import TYPE_CHECKING

from custseg.frames.align import align
from custseg.frames.arrowstream import Stream
from custseg.frames.cells import Distinct, Keys
from custseg.frames.crossings import Crossing, crossings
from custseg.frames.door import columns_table, table
from custseg.frames.engines.sparklocal import local_spark, spark_frame
from custseg.frames.fingerprint import fingerprint, row_hashes
from custseg.frames.moments import Moments, civil_seconds, parse_moment, zone
from custseg.frames.money import UNITS, Money, amounts
from custseg.frames.optional import optional
from custseg.frames.parts import RowWork, Share, Work, by_customer, by_row, totals
from custseg.frames.passes import Buckets, Passes, Sums, Tally, Unit
from custseg.frames.records import as_mapping, is_iterator
from custseg.frames.scalar import EPOCH, compiled, missing
from custseg.frames.table import Attachable, Table, unknown
from custseg.frames.tabled import Tabled
from custseg.frames.vector import evaluated, evaluated_all, first_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = [
    "EPOCH",
    "UNITS",
    "Attachable",
    "Buckets",
    "Crossing",
    "Distinct",
    "Keys",
    "Moments",
    "Money",
    "Passes",
    "RowWork",
    "Share",
    "Stream",
    "Sums",
    "Table",
    "Tabled",
    "Tally",
    "Unit",
    "Work",
    "align",
    "amounts",
    "as_mapping",
    "build",
    "by_customer",
    "by_row",
    "civil_seconds",
    "columns_table",
    "compiled",
    "crossings",
    "evaluated",
    "evaluated_all",
    "fingerprint",
    "first_of",
    "is_iterator",
    "local_spark",
    "missing",
    "optional",
    "parse_moment",
    "row_hashes",
    "spark_frame",
    "table",
    "totals",
    "unknown",
    "zone",
]


def build(like: "Table[Any]", columns: "Mapping[str, Attachable]") -> "Any":
    """A new table of the same kind as another.

    >>> build(table([{"a": 1}]), {"n": [1, 2]})
    [{'n': 1}, {'n': 2}]
    """
    return like.build(columns)
