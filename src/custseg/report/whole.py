"""The whole report as one value: the page, its text and its data say the same."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any, ClassVar, Protocol

import attrs

from custseg.pipeline import Run
from custseg.report.blocks import Block, Said, Tile, Tiles, drawn, spelled
from custseg.report.chapters.attention import Attention
from custseg.report.chapters.changes import Changes
from custseg.report.chapters.due import Due
from custseg.report.chapters.loads import Loads
from custseg.report.chapters.method import Method
from custseg.report.chapters.money import Wealth
from custseg.report.chapters.people import People
from custseg.report.chapters.quality import DataQuality
from custseg.report.cube import cube_of
from custseg.report.figures import brief, count, dated, joined, share, words
from custseg.report.frame import paged


class Chapter(Protocol):
    """A part of the report."""

    code: ClassVar[str]
    """Its name; its heading stands in the labels."""

    def as_dict(self) -> dict[str, object] | None:
        """Plain data."""
        ...

    def blocks(self, locale: str) -> Iterator[Block]:
        """What it says."""
        ...


@attrs.frozen(eq=False, repr=False)
class Overview:
    """All that is to be known about a company's customers, on one page.

    It holds counts, sums and codes, and of single customers only those who need attention: their
    ids, and with ``values`` their names and money.

    Attributes:
        as_of: The day that it is about.
        size: How many customers there are.
        chapters: Its parts, in their order.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "<a>", "paid_at": "2026-01-05", "amount": 40}]
    >>> run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    >>> found = overview(run)
    >>> [chapter.code for chapter in found.chapters]
    ['people', 'changes', 'attention', 'due', 'quality', 'method']
    >>> found.text().splitlines()[0]
    'Customer report · 30 June 2026'
    """

    as_of: date
    size: int
    chapters: tuple[Chapter, ...]

    def __repr__(self) -> str:
        """The day and the number of customers."""
        return f"<Overview {self.as_of}: {self.size:,} customers>"

    def as_dict(self) -> dict[str, object]:
        """Every chapter as plain data."""
        told = {chapter.code: chapter.as_dict() for chapter in self.chapters}
        return {"as_of": self.as_of.isoformat(), "customers": self.size, **told}

    def text(self, locale: str = "en") -> str:
        """The whole report to read in a terminal or a mail.

        Args:
            locale: ``en`` or ``zh``.
        """
        parts = [f"{words('title', locale)} · {dated(self.as_of, locale)}"]
        parts.append(spelled((Said(self.lead(locale)), self._tiles(locale))))
        for chapter in self.chapters:
            heading = words(f"chapter_{chapter.code}", locale)
            body = spelled(chapter.blocks(locale)).replace("\n", "\n  ")
            parts.append(f"## {heading}\n\n  {body}")
        lines = (line.rstrip() for line in "\n\n".join(parts).splitlines())
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The whole report as one page that needs no network and no script.

        Args:
            locale: ``en`` or ``zh``.
        """
        sections = [
            (chapter.code, words(f"chapter_{chapter.code}", locale), drawn(chapter.blocks(locale)))
            for chapter in self.chapters
        ]
        head = f'<p class="lead">{escape(self.lead(locale))}</p>{self._tiles(locale).html()}'
        heading = (words("title", locale), dated(self.as_of, locale))
        return paged(heading, head, sections, locale)

    def _repr_html_(self) -> str:
        page = escape(self.html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{words("title", "en")}" sandbox="" '
            'style="width:100%;height:44rem;border:0"></iframe>'
        )

    def lead(self, locale: str = "en") -> str:
        """The report in two or three sentences."""
        people, wealth, attention = self._of(People), self._of(Wealth), self._of(Attention)
        said = [words("lead", locale, customers=count(self.size), day=dated(self.as_of, locale))]
        if people is not None and (told := people.told(locale)):
            said.append(told)
        if wealth is not None and wealth.top is not None:
            said.append(words("lead_top", locale, held=share(wealth.top, 1)))
        if attention is not None and attention.found.customers:
            said.append(attention.told(locale))
        return joined(said, locale)

    def _of(self, kind: type[Any]) -> Any:  # noqa: ANN401 - a chapter of that kind
        return next((one for one in self.chapters if isinstance(one, kind)), None)

    def _tiles(self, locale: str) -> Tiles:
        return Tiles(tuple(self._numbers(locale)))

    def _numbers(self, locale: str) -> Iterator[Tile]:
        """The numbers that matter most."""
        people, wealth, changes = self._of(People), self._of(Wealth), self._of(Changes)
        attention, due = self._of(Attention), self._of(Due)
        moved = None if changes is None else changes.found
        came = words("tile_came", locale, came=count(moved.came)) if moved is not None else ""
        yield Tile(words("tile_customers", locale), count(self.size), came)
        states = people.counts.get("lifecycle", {})
        if active := states.get("active", 0):
            part = words("tile_part", locale, share=share(active, self.size))
            yield Tile(words("tile_active", locale), count(active), part)
        if wealth is not None:
            note = wealth.currency
            if changes is not None and changes.recent is not None:
                then, now = changes.recent
                change = f"{100 * (now / then - 1):+.1f}%"
                note = words("tile_change", locale, change=change)
            money = brief(wealth.cube.whole("recent"), locale)
            yield Tile(words("tile_recent", locale), money, note)
        if wealth is not None and wealth.top is not None:
            held = words("tile_held", locale)
            yield Tile(words("tile_top", locale), share(wealth.top, 1), held)
        if attention is not None and attention.units is not None:
            many = words("tile_many", locale, customers=count(attention.found.customers))
            yield Tile(words("tile_risk", locale), brief(attention.units, locale), many)
        if due is not None:
            note = words(
                "tile_withheld", locale, many=count(sum(due.run.actions.withheld.values()))
            )
            yield Tile(words("tile_due", locale), count(due.size), note)


def overview(
    run: Run,
    *,
    previous: Any = None,  # noqa: ANN401 - a run, or any kind of table
    values: bool = False,
) -> Overview:
    """What there is to know about a run's customers.

    Args:
        run: The outcome of a job.
        previous: The run before it, or the table of customers that it wrote: what changed since
            is told.
        values: Name those who need attention, and tell their money.

    Raises:
        MissingColumnError: The earlier table has no column with the customers' ids.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> job = cs.Pipeline()
    >>> last = job.run(transactions=orders, as_of="2026-03-31")
    >>> found = overview(job.run(transactions=orders, as_of="2026-06-30"), previous=last)
    >>> found.as_dict()["changes"]["both"]
    1
    """
    cube = cube_of(run)
    made: tuple[Chapter | None, ...] = (
        People.of(run, cube),
        Wealth.of(run, cube),
        Changes.of(run, previous, cube),
        Attention.of(run, values=values),
        Due(run),
        DataQuality.of(run),
        Loads.of(run),
        Method(run, cube),
    )
    return Overview(run.day, run.size, tuple(part for part in made if part is not None))
