"""Records that hold too little to be found again, even by a perfect copy of themselves."""

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats
from custseg.errors import ConfigError
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.matcher import Matcher
from custseg.match.opened import needs_of
from custseg.match.reading import Once
from custseg.match.weighing.bits import weigh
from custseg.match.weighing.weights import field_word


@attrs.frozen(eq=False)
class Unlinkables(Tabled):
    """What each record could weigh at most.

    Attributes:
        source: The records.
        ceiling: For each record the weight of a pair with its own copy, in bits.
        bar: The weight that makes two records one customer.
        empty: For each comparison how many of the records below the bar have nothing to compare.

    >>> from custseg.match import Dedupe
    >>> from custseg.datasets import contacts
    >>> people = [*contacts(300, locale="en").records, {"record_id": "bare"}]
    >>> found = unlinkables(Dedupe.preset("person", names={"id": "record_id"}).fit(people), people)
    >>> found.table()[0]["record_id"]
    'bare'
    """

    source: Table[Any]
    ceiling: Floats
    bar: float
    empty: tuple[tuple[str, int], ...]

    @property
    def below(self) -> Bools:
        """The records that cannot be found again."""
        return np.asarray(self.ceiling < self.bar)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.below.sum())

    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """These records with ``match_ceiling``, the poorest first; the caller's kind of table."""
        rows = np.flatnonzero(self.below)
        rows = rows[np.argsort(self.ceiling[rows], kind="stable")]
        poor = frames.table(self.source.take(rows))
        return poor.attach({"match_ceiling": self.ceiling[rows]})

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "records": len(self.ceiling),
            "unlinkable": self.count,
            "bar": self.bar,
            "empty": dict(self.empty),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: how many, and what they lack."""
        return "\n".join(f"{head}: {said}" for head, said in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        whole = max(len(self.ceiling), 1)
        yield label("ceiling.records", locale), f"{len(self.ceiling):,}"
        yield label("ceiling.unlinkable", locale), f"{self.count:,} ({self.count / whole:.1%})"
        for name, count in self.empty:
            said = label("ceiling.without", locale).format(field=field_word(name, locale))
            yield said, f"{count:,}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


def unlinkables(matcher: Matcher, table: object, *, bar: float = 0.0) -> Unlinkables:
    """Which records hold so little that not even their own copy would be taken for them.

    Args:
        matcher: A fitted matcher that weighs pairs.
        table: Records or a table.
        bar: The weight in bits that makes two records one customer: 0 is as likely as not.

    Raises:
        MissingColumnError: A column is not there.
        ConfigError: Only keys decide, so nothing is weighed.

    Source: the chart of unlinkable records of splink.

    >>> from custseg.match import Dedupe
    >>> people = [{"id": 1, "name": "Ann Lee"}, {"id": 2, "name": None}]
    >>> unlinkables(Dedupe.preset("person").fit(people), people).empty
    (('name', 1),)
    """
    if matcher.learnt is None:
        msg = "only keys decide here: a ceiling needs comparisons that are weighed"
        raise ConfigError(msg, "comparisons")
    opened = frames.table(table)
    columns = Once(opened.read(needs_of(matcher)))
    prepared = [one.prepare(columns, matcher.region) for one in matcher.comparisons]
    rows = np.arange(opened.size)
    levels = [side.levels(rows, rows) for side in prepared]
    ceiling = weigh(matcher.learnt.weights, levels, prepared, rows, rows)
    below = ceiling < bar
    empty = (
        (one.name, int((level[below] == 0).sum()))
        for one, level in zip(matcher.comparisons, levels, strict=True)
    )
    return Unlinkables(opened, ceiling, bar, tuple(one for one in empty if one[1]))
