"""Why records are one customer, told of the customer as a whole."""

from collections.abc import Iterator

import attrs

from custseg.labels import label
from custseg.showing import Shown


@attrs.frozen
class HoldingLink(Shown):
    """One link that holds a customer together.

    Attributes:
        left_id: The id of a record.
        right_id: The id of the other.
        rule: The rule that makes them one customer; None if their weight does.
        weight: What they weigh, in bits; None if nothing is weighed.
        chance: How probable that makes them; None if nothing is weighed.

    >>> HoldingLink(1, 7, "email").text()
    '1 - 7: email'
    """

    left_id: object
    right_id: object
    rule: str | None = None
    weight: float | None = None
    chance: float | None = None

    def text(self, locale: str = "en") -> str:
        """A line to read."""
        said = [label(self.rule, locale)] if self.rule else []
        if self.weight is not None and self.chance is not None:
            bits = label("entity.bits", locale)
            said.append(bits.format(weight=f"{self.weight:+.2f}", chance=f"{self.chance:.1%}"))
        return f"{self.left_id} - {self.right_id}: {', '.join(said)}"

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return attrs.asdict(self)


@attrs.frozen
class EntityExplanation(Shown):
    """What holds the records of one customer together.

    Attributes:
        records: The ids of its records, the oldest first.
        links: The strongest links that join all of them, one fewer than records.
        bridges: Records without which the others would fall apart.
        against: Pairs whose weight speaks against one customer, the strongest objection first.
        chance: How probable one customer is where it holds together least: the average weight of
            the last two parts that were put together; None where rules alone decide.

    >>> print(EntityExplanation((1, 7), (HoldingLink(1, 7, "email"),)).text())
    2 records are one customer
      - 1 - 7: email
    """

    records: tuple[object, ...]
    links: tuple[HoldingLink, ...] = ()
    bridges: tuple[object, ...] = ()
    against: tuple[HoldingLink, ...] = ()
    chance: float | None = None

    @property
    def weakest(self) -> HoldingLink | None:
        """The link that would break first; a rule does not break."""
        return min(
            (link for link in self.links if link.rule is None),
            key=lambda link: link.weight or 0.0,
            default=None,
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        weakest = self.weakest
        return {
            "records": list(self.records),
            "links": [link.as_dict() for link in self.links],
            "weakest": weakest.as_dict() if weakest else None,
            "bridges": list(self.bridges),
            "against": [link.as_dict() for link in self.against],
            "chance": self.chance,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        head = label("entity.one" if len(self.records) > 1 else "entity.alone", locale)
        return "\n".join([head.format(records=len(self.records)), *self._lines(locale)])

    def _lines(self, locale: str) -> Iterator[str]:
        for link in self.links:
            yield f"  - {link.text(locale)}"
        if self.weakest:
            yield f"{label('entity.weakest', locale)}: {self.weakest.text(locale)}"
        if self.chance is not None:
            yield label("entity.chance", locale).format(chance=f"{self.chance:.1%}")
        if self.bridges:
            yield label("entity.bridges", locale).format(records=", ".join(map(str, self.bridges)))
        for link in self.against:
            yield f"{label('entity.against', locale)}: {link.text(locale)}"
