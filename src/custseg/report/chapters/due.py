"""What is due: actions by kind, who is withheld, and what is on the desk?"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from custseg.labels import title
from custseg.pipeline import Run
from custseg.report.blocks import Beside, Block, Heading, Outline, Said
from custseg.report.figures import count, headed, words
from custseg.report.grids import Bars


@attrs.frozen(eq=False)
class Due:
    """What is due.

    Attributes:
        run: The outcome of the job.
    """

    code: ClassVar[str] = "due"

    run: Run

    @property
    def counts(self) -> Mapping[str, int]:
        """Customers by action."""
        return self.run.actions.counts

    @property
    def size(self) -> int:
        """For how many customers something is due."""
        return sum(self.counts.values())

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data."""
        return {"actions": self.run.actions.as_dict(), "desk": self.run.desk.as_dict()}

    def blocks(self, locale: str) -> Iterator[Block]:
        """Actions, who is withheld, and the lists of the desk."""
        held = self.run.actions.withheld
        said = words("due", locale, due=count(self.size), customers=count(self.run.size))
        yield Said(said, "lead")
        due = (Heading(headed(title("action", locale))), Bars.of(self.counts, locale))
        kept = (Heading(headed(title("withheld", locale))), Bars.of(held, locale))
        yield Beside((due if self.counts else (), kept if held else ()))
        if held:
            yield Said(words("withheld", locale, withheld=count(sum(held.values()))), "note")
        yield from _desk(self.run.desk.text(locale))


def _desk(text: str) -> Iterator[Block]:
    """The lists of the desk: a line at the margin is a heading, what is indented belongs to it."""
    body: list[str] = []
    for line in text.splitlines():
        if line.startswith("  "):
            body.append(line[2:])
            continue
        if body:
            yield Outline("\n".join(body))
        body = []
        yield Heading(headed(line))
    if body:
        yield Outline("\n".join(body))
