"""What hurts customers most, and which of them tell most about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from custseg.frames import Tabled
from custseg.labels import filled, label, table
from custseg.layout import html_table
from custseg.showing import heads


@attrs.frozen
class PainPoint:
    """One topic of complaint.

    Attributes:
        topic: Its code.
        count: Complaints about it in the period.
        before: The same in the period before; ``None`` where the table does not go back so far.
        customers: Customers who complained about it.
        severity: Mean of importance and urgency together, 0 to 6.
        value: Mean value of those customers, for one of the mean customer; 1 where none is known.
        examples: Rows that show it, the gravest first: their places in the table.
        texts: Their words, where asked for.

    >>> PainPoint("delivery", 4, 2, 3, 3.5, 2.0).points, PainPoint("price", 4, None, 3, 3, 1).trend
    (28.0, None)
    """

    topic: str
    count: int
    before: int | None
    customers: int
    severity: float
    value: float
    examples: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """How much it weighs: count x severity x value."""
        return self.count * self.severity * self.value

    @property
    def trend(self) -> int | None:
        """Complaints more than in the period before; ``None`` where that is not known."""
        return None if self.before is None else self.count - self.before


@attrs.frozen
class Voice:
    """A customer whose feedback tells much.

    Attributes:
        customer: The id, as it was given.
        rank: Place among all, 1 tells most; equals share it.
        count: Complaints in the period.
        severity: Mean of importance and urgency together.
        value: Value for one of the mean customer; 1 where it is not known.
        shared: Share of all complaints that are about the topics of this customer, 0 to 1.
        topics: What this customer complains about.

    >>> Voice("C-17", 1, 2, 4.0, 3.0, 0.5, ("delivery",)).points
    6.0
    """

    customer: Any
    rank: int
    count: int
    severity: float
    value: float
    shared: float
    topics: tuple[str, ...]

    @property
    def points(self) -> float:
        """How much it tells: severity x value x how many others say the same."""
        return self.severity * self.value * self.shared


@attrs.frozen(eq=False)
class PainPoints(Tabled):
    """Topics of complaint, the heaviest first, and the customers who tell most.

    Attributes:
        points: The topics; equals in alphabetical order.
        voices: Customers, those who tell most first.
        as_of: The last day that counts.
        days: Length of the period.
        complaints: Complaints in the period.
        unnamed: Complaints in the period that are about no known topic.
        left_out: Rows that were not counted, by reason.

    >>> from custseg.scoring import topics
    >>> said = [
    ...     {"customer_id": "a", "at": "2026-06-29", "text": "都五天了怎么还不发货"},
    ...     {"customer_id": "b", "at": "2026-06-20", "text": "The delivery was late again"},
    ...     {"customer_id": "b", "at": "2026-06-21", "text": "太贵了，坑人"},
    ... ]
    >>> found = topics(said, as_of="2026-06-30")
    >>> [(point.topic, point.count) for point in found.points]
    [('delivery', 2), ('price', 1)]
    """

    points: tuple[PainPoint, ...]
    voices: tuple[Voice, ...]
    as_of: date
    days: int
    complaints: int
    unnamed: int
    left_out: Mapping[str, int]

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Plain data for JSON; ids of customers and texts only with ``values=True``."""
        shown = [
            {**_plain(point, ("texts",) if not values else ()), "points": point.points}
            for point in self.points
        ]
        voices = [{**_plain(voice, ()), "points": voice.points} for voice in self.voices]
        return {
            "as_of": self.as_of.isoformat(),
            "days": self.days,
            "complaints": self.complaints,
            "unnamed": self.unnamed,
            "left_out": dict(self.left_out),
            "points": shown,
            "voices": voices if values else len(voices),
        }

    def table(self) -> list[dict[str, Any]]:
        """One row a topic, for a frame of any kind."""
        return [
            {
                "topic": point.topic,
                "complaints": point.count,
                "before": point.before,
                "trend": point.trend,
                "customers": point.customers,
                "severity": point.severity,
                "value": point.value,
                "points": point.points,
            }
            for point in self.points
        ]

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read; ids of customers and texts only with ``values=True``."""
        said = label("topics_head", locale)
        head = {"n": self.complaints, "days": self.days, "until": self.as_of.isoformat()}
        lines = [filled(said, **head)]
        for place, point in enumerate(self.points, start=1):
            lines.append(f"{place}. {_line(point, locale)}")
            lines += [f"     {text}" for text in point.texts if values]
        if self.unnamed:
            lines.append(f"({label('topics_unnamed', locale)}: {self.unnamed:,})")
        lines += [f"({label(f'triage_left.{k}', locale)}: {n:,})" for k, n in self.left_out.items()]
        if values and self.voices:
            lines.append(label("topics_voices", locale))
            lines += [f"  {_voice(voice, locale)}" for voice in self.voices]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (
                topic_name(one.topic, locale),
                one.count,
                one.trend,
                one.customers,
                one.severity,
                one.value,
            )
            for one in self.points
        ]
        return html_table(
            heads(locale, "topic", "complaints", "trend", "customers", "severity", "value"), rows
        )


def topic_name(topic: str, locale: str = "en") -> str:
    """The words for a topic; the code of one of the company's own.

    >>> topic_name("after_sales", "zh"), topic_name("my_app")
    ('售后', 'my app')
    """
    return table(locale).get(f"topic.{topic}", topic.replace("_", " "))


def _line(point: PainPoint, locale: str) -> str:
    shown = {
        "topic": topic_name(point.topic, locale),
        "n": point.count,
        "customers": point.customers,
        "severity": f"{point.severity:.1f}",
        "value": f"{point.value:.2g}",
    }
    said = filled(label("topics_line", locale), **shown)
    if point.before is None:
        return said
    return said + label("topics_before", locale).format(before=point.before)


def _voice(voice: Voice, locale: str) -> str:
    shown = {
        "rank": voice.rank,
        "customer": voice.customer,
        "n": voice.count,
        "severity": f"{voice.severity:.1f}",
        "value": f"{voice.value:.2g}",
        "shared": f"{100 * voice.shared:.0f}",
        "topics": ", ".join(topic_name(topic, locale) for topic in voice.topics),
    }
    return filled(label("topics_voice", locale), **shown)


def _plain(thing: "PainPoint | Voice", without: tuple[str, ...]) -> dict[str, Any]:
    held: dict[str, Any] = attrs.asdict(thing)
    return {name: value for name, value in held.items() if name not in without}
