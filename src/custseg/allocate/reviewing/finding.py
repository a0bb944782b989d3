"""What a review says: findings by kind, and each representative as it stands."""

from collections.abc import Mapping

import attrs

from custseg.labels import label
from custseg.reasons import Reason
from custseg.showing import Shown


@attrs.frozen
class WorstCase:
    """A customer that stands for others.

    Attributes:
        customer_id: The id as it was given.
        owner: The owner as it was given; ``None`` for nobody.
        value: The value at risk; ``None`` where it is not known.

    >>> WorstCase("C1", "R7", 9000.0).owner
    'R7'
    """

    customer_id: object
    owner: object
    value: float | None


@attrs.frozen
class Finding(Shown):
    """One thing that is wrong, with how many customers.

    Attributes:
        reason: The kind and its settings.
        customers: How many customers.
        value: Their known value; ``None`` if none is read.
        worst: Those with the most at risk.

    >>> print(Finding(Reason("uncovered"), 12, None, ()).text())
    has no owner: 12
    """

    reason: Reason
    customers: int
    value: float | None
    worst: tuple[WorstCase, ...]

    @property
    def kind(self) -> str:
        """The code of the kind."""
        return self.reason.code

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "review.finding" if self.value is None else "review.finding_value"
        line = label(code, locale).format(
            customers=self.customers, value=self.value or 0.0, what=self.reason.text(locale)
        )
        if not self.worst:
            return line
        named = ", ".join(
            str(w.customer_id) if w.owner is None else f"{w.customer_id} ({w.owner})"
            for w in self.worst
        )
        return line + label("review.worst", locale).format(named=named)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "settings": dict(self.reason.settings),
            "customers": self.customers,
            "value": self.value,
            "worst": [attrs.asdict(one) for one in self.worst],
        }


@attrs.frozen
class LoadFinding(Shown):
    """A load other than the number of customers that is outside its limits.

    Attributes:
        load: What it is called: value, hours, VIPs.
        group: Whose it is: a representative, or a word such as a team.
        held: What is carried now.
        least: The least that should be.
        most: The most that may be.

    >>> print(LoadFinding("revenue", "R1", 12.0, 0.0, 10.0).text())
    R1: revenue 12 of 10 at most
    """

    load: str
    group: object
    held: float
    least: float
    most: float

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "review.load_over" if self.held > self.most else "review.load_under"
        return label(code, locale).format_map(attrs.asdict(self))


@attrs.frozen
class RepReview(Shown):
    """One representative as it stands.

    Attributes:
        rep_id: The id as it was given.
        customers: Customers, with the load from elsewhere.
        capacity: The most customers in all; ``None`` for no limit.
        use: Customers as part of the capacity; ``None`` without one.
        value: Known value of the customers; ``None`` if none is read.
        state: ``overloaded``, ``underloaded``, ``below_minimum``, ``on_leave`` or ``ok``.
        findings: How many customers of each kind of finding.
        results: Results, drawn towards the team's, by column.

    >>> print(RepReview("R1", 12, 10, 1.2, None, "overloaded", {"unfollowed": 3}, {}).text())
    R1: 12 of 10, overloaded; not followed 3
    """

    rep_id: object
    customers: int
    capacity: int | None
    use: float | None
    value: float | None
    state: str
    findings: Mapping[str, int]
    results: Mapping[str, float]

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "review.rep" if self.capacity is not None else "review.rep_free"
        line = label(code, locale).format(
            rep=self.rep_id, customers=self.customers, capacity=self.capacity
        )
        comma, stop = label("review.comma", locale), label("review.stop", locale)
        if self.state != "ok":
            line += comma + label(f"review.{self.state}", locale)
        told = [f"{label(kind, locale)} {count}" for kind, count in self.findings.items()]
        told += [f"{label('results', locale)} {name} {x:.4g}" for name, x in self.results.items()]
        return f"{line}{stop}{comma.join(told)}" if told else line

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "findings": dict(self.findings)}
