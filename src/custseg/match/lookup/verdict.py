"""What to do with a new record: create it, warn, or block it; and why."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import attrs

from custseg.errors import ConfigError
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.lookup.masking import masked
from custseg.match.weighing.account import WeightPart
from custseg.match.weighing.weights import signed
from custseg.showing import Shown

Verdict = Literal["create", "warn", "block"]


@attrs.frozen
class Verdicts:
    """From which probability on somebody is warned or stopped.

    Attributes:
        warn: At this probability that a record is there already, and above, its typist is warned.
        block: At this probability and above the record is not to be created; a key that only one
            customer has blocks it, too.

    Raises:
        ConfigError: A limit is no probability, or blocking begins below warning.

    >>> Verdicts().of(0.7), Verdicts().of(0.995), Verdicts().of(0.2)
    ('warn', 'block', 'create')
    """

    warn: float = 0.5
    block: float = 0.99

    def __attrs_post_init__(self) -> None:
        if not 0.0 < self.warn <= self.block <= 1.0:
            msg = f"needs 0 < warn <= block <= 1, got {self.warn} and {self.block}"
            raise ConfigError(msg, "warn/block")

    def of(self, chance: float, *, sure: bool = False) -> Verdict:
        """What to do with a record.

        Args:
            chance: How probable it is that it is there already.
            sure: Whether it shares a key with another that only one customer has.
        """
        if sure or chance >= self.block:
            return "block"
        return "warn" if chance >= self.warn else "create"


@attrs.frozen
class Hit(Shown):
    """A record that may be the same customer as the new one.

    Attributes:
        record: Its id.
        verdict: What this hit alone asks for.
        weight: Bits; None where only a rule decided.
        chance: How probable it is that both are one customer; None where only a rule decided.
        rule: The key or pass under which it was found.
        sure: Whether that key decides alone.
        owner: Who looks after it, if the index knows owners.
        other: Whether that is somebody else than the typist: then its values are masked.
        parts: What each comparison says.
        values: Its values by column as the typist may see them, shown only when asked.

    >>> hit = Hit(7, "warn", 3.0, 0.89, "phone", values={"phone": "13800138000"})
    >>> hit.as_dict(values=True)["values"]
    {'phone': '13800138000'}
    >>> hit.of_another().values
    {'phone': '138****8000'}
    """

    record: object
    verdict: Verdict
    weight: float | None
    chance: float | None
    rule: str
    sure: bool = False
    owner: str | None = None
    other: bool = False
    parts: tuple[WeightPart, ...] = ()
    values: Mapping[str, str | None] = attrs.field(factory=dict[str, str | None], repr=False)

    def of_another(self) -> "Hit":
        """The same hit for somebody who does not look after the record: its values are masked."""
        values = {name: masked(value) for name, value in self.values.items()}
        return attrs.evolve(self, other=True, values=values)

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Plain data for a form.

        Args:
            values: Whether to show the record's values; those of a record that another person
                looks after are masked.
        """
        out: dict[str, Any] = {
            "record": self.record,
            "verdict": self.verdict,
            "weight": self.weight,
            "chance": self.chance,
            "rule": self.rule,
            "owner": self.owner,
            "other_owner": self.other,
            "parts": [part.as_dict() for part in self.parts],
        }
        return {**out, "values": dict(self.values)} if values else out

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """One line, and one for each reason."""
        head = label(f"lookup.{self.verdict}", locale)
        said = "" if self.chance is None else f" {100 * self.chance:.4g}%"
        whose = label("lookup.other", locale).format(owner=self.owner) if self.other else ""
        lines = [f"{self.record}: {head}{said} ({label(self.rule, locale)}){whose}"]
        lines += [f"  - {part.text(locale)}" for part in self.parts if part.hundredths]
        if values:
            lines += [f"    {name}: {value}" for name, value in self.values.items() if value]
        return "\n".join(lines)


@attrs.frozen
class Lookup(Shown):
    """What an index says of a new record.

    Attributes:
        verdict: ``create`` it, ``warn`` its typist, or ``block`` it.
        hits: The records that ask for that, the surest first.
        compared: How many records were compared.
        too_common: Keys of the record that so many others share that nobody was looked for by them.

    >>> print(Lookup("create").text())
    new record: create it
    """

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    compared: int = 0
    too_common: tuple[str, ...] = ()

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Plain data for a form; values only when asked."""
        return {
            "verdict": self.verdict,
            "hits": [hit.as_dict(values=values) for hit in self.hits],
            "compared": self.compared,
            "too_common": list(self.too_common),
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: what to do, then each hit with its reasons."""
        lines = [f"{label('lookup', locale)}: {label(f'lookup.{self.verdict}', locale)}"]
        lines += [hit.text(locale, values=values) for hit in self.hits]
        if self.too_common:
            rules = ", ".join(label(rule, locale) for rule in self.too_common)
            lines.append(label("lookup.too_common", locale).format(rules=rules))
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (
                hit.record,
                label(f"lookup.{hit.verdict}", locale),
                "" if hit.weight is None else signed(round(100 * hit.weight)),
            )
            for hit in self.hits
        ]
        return html_table(
            (label(f"lookup.{self.verdict}", locale), "", label("weights.bits", locale)), rows
        )


def hardest(hits: Iterable[Hit]) -> Verdict:
    """What some hits ask for together.

    Args:
        hits: The hits.

    >>> hardest([Hit(7, "warn", 3.0, 0.89, "phone")]), hardest([])
    ('warn', 'create')
    """
    asked = {hit.verdict for hit in hits}
    if "block" in asked:
        return "block"
    return "warn" if asked else "create"
