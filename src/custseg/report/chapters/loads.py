"""Who looks after the customers: loads before and after, and who stayed without an owner?"""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

import attrs

from custseg.labels import title
from custseg.pipeline import Run
from custseg.report.blocks import Block, Heading, Said
from custseg.report.figures import count, headed, joined, share, words
from custseg.report.grids import Bar, Bars

_SHOWN: Final = 40


@attrs.frozen(eq=False)
class Loads:
    """Who looks after the customers.

    Attributes:
        run: The outcome of the job.
        plan: Its plan.
    """

    code: ClassVar[str] = "loads"

    run: Run
    plan: Any

    @classmethod
    def of(cls, run: Run) -> "Loads | None":
        """Of a run; ``None`` where nobody was assigned."""
        return None if run.plan is None else cls(run, run.plan)

    def as_dict(self) -> dict[str, object]:
        """Totals and loads as plain data."""
        loads = [attrs.asdict(load) for load in self.plan.loads]
        return {"totals": dict(self.plan.totals), "loads": loads}

    def blocks(self, locale: str) -> Iterator[Block]:
        """How many have an owner, the load of each, and why some have none."""
        yield Said(self._told(locale), "lead")
        if self.plan.loads:
            yield self._bars(locale)
        if len(self.plan.loads) > _SHOWN:
            rest = count(len(self.plan.loads) - _SHOWN)
            yield Said(words("loads_rest", locale, rest=rest), "note")
        if self.run.waiting:
            yield Heading(headed(title("unassigned", locale)))
            yield self._waiting(locale)

    def _told(self, locale: str) -> str:
        """How many have an owner, and, where they had one, who stays and who changes hands."""
        totals = self.plan.totals
        sums = {name: count(totals[name]) for name in ("assigned", "customers")}
        told = [words("loads", locale, **sums)]
        kept, moved = totals["kept"], totals["moved"]
        if kept is not None and moved is not None:
            new = totals["assigned"] - kept - moved
            told.append(
                words("hands", locale, kept=count(kept), moved=count(moved), new=count(new))
            )
        return joined(told, locale)

    def _bars(self, locale: str) -> Bars:
        """The heaviest loads first; a mark where the capacity ends."""
        loads = sorted(self.plan.loads, key=lambda load: (-load.after, str(load.rep_id)))
        sizes = [size for load in loads for size in (load.before, load.after, load.capacity or 0)]
        top = max(sizes, default=0) or 1
        heads = ("", *(title(name, locale) for name in ("before", "after", "capacity")))
        bars = tuple(
            Bar(
                str(load.rep_id) + (words("away", locale) if load.on_leave else ""),
                (
                    count(load.before),
                    count(load.after),
                    "-" if load.capacity is None else count(load.capacity),
                ),
                (("before", load.before / top), ("after", load.after / top)),
                None if load.capacity is None else load.capacity / top,
            )
            for load in loads[:_SHOWN]
        )
        legend = (
            *((name, title(name, locale)) for name in ("before", "after")),
            ("mark", title("capacity", locale)),
        )
        return Bars(heads, bars, stacked=False, legend=legend)

    def _waiting(self, locale: str) -> Bars:
        reasons: dict[str, int] = {}
        for reason, number in self.run.waiting:
            said = reason.text(locale)
            reasons[said] = reasons.get(said, 0) + number
        whole, top = sum(reasons.values()), max(reasons.values())
        heads = ("", title("customers", locale), words("share", locale))
        bars = tuple(
            Bar(said, (count(n), share(n, whole)), (("any", n / top),))
            for said, n in reasons.items()
        )
        return Bars(heads, bars)
