"""What matching found: how many customers, by which key, and which keys it would not trust."""

from collections.abc import Iterator

import attrs

from custseg.labels import label
from custseg.reasons import html_table


@attrs.frozen
class SkippedKey:
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
class MatchReport:
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
        return {
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
            yield label(rule.rule, locale), f"{rule.shared:,} / {rule.records:,}"
        for rule_name in self.absent:
            yield label(rule_name, locale), label("match.absent", locale)
        for key in self.skipped:
            shown = f" [{key.key}]" if values else ""
            yield (
                f"{label('match.skipped', locale)} {label(key.rule, locale)}",
                f"{key.records:,}{shown}",
            )

    def _repr_html_(self) -> str:
        return html_table(("", ""), self._lines("en", values=False))
