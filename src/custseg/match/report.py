"""What matching found: how many customers, by which key, and which keys it would not trust."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from custseg.labels import filled, label
from custseg.layout import html_table
from custseg.match.clustering.grouping import ClusterReport
from custseg.match.wording import rule_word
from custseg.reasons import Reason
from custseg.showing import Shown

_SHOWN: Final = 5
"""The passes that are named one by one; `as_dict` has all."""


@attrs.frozen
class SkippedKey(Shown):
    """A key that too many records share: a switchboard, a placeholder. It joined nobody.

    Attributes:
        rule: The key by its rule.
        records: How many records share it.
        key: The shared value itself, shown only when asked.

    >>> SkippedKey("phone", 5000, "+864001234567").as_dict()
    {'rule': 'phone', 'records': 5000}
    """

    rule: str
    records: int
    key: str

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the shared value only when asked."""
        out: dict[str, object] = {"rule": self.rule, "records": self.records}
        return {**out, "key": self.key} if values else out


@attrs.frozen
class RuleCount:
    """What one key did.

    Attributes:
        rule: The code of the rule.
        records: Records that have such a key.
        shared: Records that share it with another, not counting skipped keys.

    >>> RuleCount("phone+name", 90, 20).shared
    20
    """

    rule: str
    records: int
    shared: int


@attrs.frozen
class PassReport:
    """What one pass did: where pairs were looked for.

    Attributes:
        rule: The code of the pass.
        records: Records that have a key of it.
        pairs: Pairs of records that share one.
        largest: The most records of one key that was used.
        skipped: Keys that too many records share, or that would cost too many pairs.
        skipped_records: The records of these keys.

    >>> PassReport("email", records=90, pairs=20, largest=3).skipped
    0
    """

    rule: str
    records: int
    pairs: int
    largest: int = 0
    skipped: int = 0
    skipped_records: int = 0


@attrs.frozen
class Weighing(Shown):
    """What weighing pairs of records found, in numbers.

    Attributes:
        passes: What each pass did.
        pairs: Different pairs that were compared.
        likely: The expected number of pairs of one customer among them.
        recall_at_most: The most that the share of all doubles can be which the passes hold; None
            where it cannot be told.
        clusters: What clustering did besides.
        doubts: What to look at before the weights are trusted.

    >>> told = Weighing((PassReport("email", 90, 20),), pairs=20, likely=17.6, recall_at_most=0.97)
    >>> list(told.lines("en"))[:2]
    [('pairs compared', '20'), ('pairs of one customer among them, by expectation', '18')]
    """

    passes: tuple[PassReport, ...] = ()
    pairs: int = 0
    likely: float = 0.0
    recall_at_most: float | None = None
    clusters: ClusterReport = attrs.field(factory=ClusterReport)
    doubts: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "passes": [attrs.asdict(one) for one in self.passes],
            "pairs": self.pairs,
            "likely": round(self.likely, 1),
            "recall_at_most": self.recall_at_most,
            "clusters": self.clusters.as_dict(),
            "doubts": [doubt.as_dict() for doubt in self.doubts],
        }

    def lines(self, locale: str) -> Iterator[tuple[str, str]]:
        """What to read, as headings and words."""
        yield label("match.pairs", locale), f"{self.pairs:,}"
        yield label("match.likely", locale), f"{self.likely:,.0f}"
        if self.recall_at_most is not None:
            yield label("match.recall_at_most", locale), f"{self.recall_at_most:.1%}"
        yield from self._pass_lines(locale)
        for name, count in self.clusters.as_dict().items():
            if count and name != "weighed":
                yield label(f"match.{name}", locale), f"{count:,}"
        for doubt in self.doubts:
            yield label("match.doubt", locale), doubt.text(locale)

    def _pass_lines(self, locale: str) -> Iterator[tuple[str, str]]:
        """The passes that hold most pairs, and how many there are besides."""
        ordered = sorted(self.passes, key=lambda one: -one.pairs)
        shown, rest = ordered[:_SHOWN], ordered[_SHOWN:]
        for one in shown:
            held = f"{one.pairs:,}{_left_out((one,), locale)}"
            yield f"{label('match.pass', locale)} {rule_word(one.rule, locale)}", held
        if rest:
            more = label("match.more_passes", locale).format(count=len(rest))
            yield more, f"{rest[0].pairs:,}{_left_out(rest, locale)}"


def _left_out(passes: Sequence[PassReport], locale: str) -> str:
    keys = sum(one.skipped for one in passes)
    records = sum(one.skipped_records for one in passes)
    said = filled(label("match.left_out", locale), keys=keys, records=records)
    return f" ({said})" if keys else ""


@attrs.frozen
class MatchReport(Shown):
    """The outcome of matching one table, in numbers.

    Attributes:
        records: Records looked at.
        entities: Customers found.
        sizes: Pairs of records a customer and how many customers have so many.
        rules: What each key did, in the order of the keys.
        skipped: Keys that more than ``cap`` records share, the most shared first.
        without_key: Records that no key could be made for: they stay as they are.
        without_id: Records without an id of their own.
        absent: Rules left out since the table lacks their columns.
        weighing: What weighing pairs found; None if only keys decide.

    >>> report = MatchReport(3, 2, ((1, 1), (2, 1)), (RuleCount("phone", 3, 2),))
    >>> report.doubles, report.largest
    (1, 2)
    """

    records: int
    entities: int
    sizes: tuple[tuple[int, int], ...] = ()
    rules: tuple[RuleCount, ...] = ()
    skipped: tuple[SkippedKey, ...] = ()
    without_key: int = 0
    without_id: int = 0
    absent: tuple[str, ...] = ()
    weighing: Weighing | None = None

    @property
    def doubles(self) -> int:
        """Records that are another record's customer once more."""
        return self.records - self.entities

    @property
    def largest(self) -> int:
        """The most records of one customer."""
        return max((size for size, _ in self.sizes), default=0)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON; shared values only when asked."""
        out: dict[str, object] = {
            "records": self.records,
            "entities": self.entities,
            "doubles": self.doubles,
            "sizes": [{"records": size, "entities": count} for size, count in self.sizes],
            "rules": [attrs.asdict(rule) for rule in self.rules],
            "skipped": [key.as_dict(values=values) for key in self.skipped],
            "without_key": self.without_key,
            "without_id": self.without_id,
            "absent": list(self.absent),
        }
        return {**out, "weighing": self.weighing.as_dict()} if self.weighing else out

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self._lines(locale, values=values))

    def headline(self, locale: str = "en") -> str:
        """The outcome in three lines: records, customers, doubles."""
        return "\n".join(self.text(locale).splitlines()[:3])

    def _lines(self, locale: str, *, values: bool) -> Iterator[tuple[str, str]]:
        for name in ("records", "entities", "doubles", "largest", "without_key", "without_id"):
            yield label(f"match.{name}", locale), f"{getattr(self, name):,}"
        for rule in self.rules:
            yield rule_word(rule.rule, locale), f"{rule.shared:,} / {rule.records:,}"
        if self.weighing:
            yield from self.weighing.lines(locale)
        if self.absent:
            words = (rule_word(rule, locale) for rule in self.absent)
            yield label("match.absent", locale), label("rule.comma", locale).join(words)
        for key in self.skipped:
            shown = f" [{key.key}]" if values else ""
            yield (
                f"{label('match.skipped', locale)} {rule_word(key.rule, locale)}",
                f"{key.records:,}{shown}",
            )

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale, values=False))
