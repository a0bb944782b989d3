"""What was read of an export: its table, what was recognised, and what became of every row."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from custseg.features import Conventions, Names
from custseg.features.conventions import currency_code
from custseg.io.recognised import Recognised
from custseg.io.statuses import VOIDING, status_of, unknown
from custseg.labels import label
from custseg.showing import Shown

_COUNTED: Final = ("customer", "at", "amount")
"""What a row has to have to count."""


@attrs.frozen(eq=False)
class Export(Shown):
    r"""An export that was read.

    Attributes:
        table: The table, with the columns and names of the file; days, amounts and empty cells in
            one spelling. Where lines of one order repeat its total, or money was given back, the
            money that counts is in a column ``amount_counted``.
        recognised: What it is, what its columns are, and what has to be asked.
        aside: Rows that are none of the table, with ``line`` and ``why``: titles above the
            header, totals, orders that were cancelled or made for a test.
        encoding: How the file was written: ``utf-8``, ``gb18030``, ``mixed``, ...
        said: What was done to rows and cells, and to how many.
        statuses: How many rows have each status.
        last: The last day of a transaction, as ISO text.
        void_statuses: Those that void a transaction, besides the customary ones.
        header: The rows of the file in which the header stands, from 1.

    >>> import pathlib, tempfile
    >>> from custseg import io
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "orders.csv"
    >>> _ = file.write_text(
    ...     "订单编号,买家昵称,付款时间,实付金额\n1,小李,2026/6/30,￥1234.50\n",
    ...     encoding="gb18030",
    ... )
    >>> export = io.read_export(file)
    >>> export.encoding, export.names.amount, export.table["实付金额"].tolist(), export.last
    ('gb18030', '实付金额', [1234.5], '2026-06-30')
    """

    table: Any
    recognised: Recognised
    aside: Any
    encoding: str
    said: Mapping[str, int] = attrs.field(factory=dict[str, int])
    statuses: Mapping[str, int] = attrs.field(factory=dict[str, int])
    last: str = ""
    void_statuses: tuple[str, ...] = ()
    header: tuple[int, ...] = (1,)

    @property
    def names(self) -> Names:
        """What the columns are called.

        Raises:
            ConfigError: Something that is needed has to be asked first.
        """
        return self.recognised.names

    @property
    def conventions(self) -> Conventions:
        """The statuses of this file that void a transaction, besides the customary ones."""
        return Conventions(void_statuses=self.void_statuses)

    @property
    def currencies(self) -> dict[str, int]:
        """How many rows that count are in each currency, the most frequent first."""
        held = self.recognised.columns
        if "currency" not in held:
            return {}
        needed = [held[role] for role in (*_COUNTED, "currency") if role in held]
        rows = self.table.dropna(subset=needed)
        if "status" in held:
            rows = rows[[status_of(word or "") not in VOIDING for word in rows[held["status"]]]]
        return dict(Counter(map(currency_code, rows[held["currency"]])).most_common())

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "recognised": self.recognised.as_dict(),
            "encoding": self.encoding,
            "header": list(self.header),
            "rows": len(self.table),
            "aside": len(self.aside),
            "said": dict(self.said),
            "statuses": dict(self.statuses),
            "void_statuses": list(self.void_statuses),
            "currencies": self.currencies,
            "last": self.last,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join((self.recognised.text(locale), *self._lines(locale)))

    def _lines(self, locale: str) -> Iterator[str]:
        yield f"  {label('export.encoding', locale)}: {label(f'encoding.{self.encoding}', locale)}"
        if self.header != (1,):
            rows = "-".join(map(str, self.header))
            yield f"  {label('export.header_at', locale)}: {rows}"
        yield f"  {label('export.rows', locale)}: {len(self.table):,}"
        for what, number in self.said.items():
            yield f"    {label(f'export.{what}', locale)}: {number:,}"
        if odd := unknown(self.statuses):
            listed = ", ".join(f"{word} {number:,}" for word, number in odd.items())
            yield f"  {label('export.unknown_statuses', locale)}: {listed}"
        if len(money := self.currencies) > 1:
            listed = ", ".join(f"{code} {number:,}" for code, number in money.items())
            yield f"  {label('export.currencies', locale)}: {listed}"
        if self.last:
            yield f"  {label('export.last', locale)}: {self.last}"
