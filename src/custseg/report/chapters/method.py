"""How was it decided, on what, and what do the figures not say?"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isnan
from typing import Any, ClassVar, Final

import attrs

from custseg._about import __version__
from custseg.features.conventions import rates_told
from custseg.labels import label, title
from custseg.pipeline import Run
from custseg.reasons import Reason
from custseg.report.blocks import Block, Terms
from custseg.report.cube import Cube
from custseg.report.figures import count, dated, day, headed, share, words

_LIMITS: Final = ("chances", "past", "left_out", "contact", "few")


@attrs.frozen(eq=False)
class Method:
    """How it was decided.

    Attributes:
        run: The outcome of the job.
        cube: What is known of its customers.
    """

    code: ClassVar[str] = "method"

    run: Run
    cube: Cube

    @property
    def _window(self) -> tuple[str, str] | None:
        return None if isnan(self.cube.first) else (day(self.cube.first), day(self.cube.last))

    @property
    def unjudged(self) -> dict[str, int]:
        """Customers about whom a decision says nothing, by the decision."""
        held = {name: counts.get("unknown", 0) for name, counts in self.run.counts.items()}
        return {name: n for name, n in held.items() if n}

    @property
    def _rates(self) -> Mapping[str, float]:
        """The rates of other currencies, where any amount was converted."""
        profiled = self.run.reports.get("profile")
        table = None if profiled is None else profiled.table("transactions")
        how: Any = getattr(self.run.policy, "conventions", None)
        used = table is not None and table.notes.get("currency_converted")
        return how.rates if used and how is not None else {}

    def as_dict(self) -> dict[str, object]:
        """The window, who was not judged, the rates, and the stamp as plain data."""
        return {
            "window": self._window,
            "not_judged": self.unjudged,
            "scores_in_doubt": self.cube.whole("doubted"),
            "rates": dict(self._rates),
            "stamp": self.run.stamp.as_dict(),
            "version": __version__,
        }

    def blocks(self, locale: str) -> Iterator[Block]:
        """Terms with their sentences."""
        policy: Any = self.run.policy
        terms = {
            words("term_data", locale): self._data(locale),
            headed(title("lifecycle", locale)): _states(policy.lifecycle, locale),
            headed(title("tier", locale)): self._tiers(locale),
            headed(title("grade", locale)): _grades(policy.scorecard, locale),
            words("term_money", locale): self._money(locale),
            words("term_unjudged", locale): self._unjudged(locale),
            words("term_limits", locale): (words(f"limit_{n}", locale) for n in _LIMITS),
            words("term_stamp", locale): self._stamp(locale),
        }
        yield Terms(tuple((term, tuple(said)) for term, said in terms.items()))

    def _data(self, locale: str) -> Iterator[str]:
        yield words("as_of", locale, day=dated(self.run.day, locale))
        if self._window is not None:
            first, last = self._window
            yield words("window", locale, first=first, last=last)
        profiled = self.run.reports.get("profile")
        table = None if profiled is None else profiled.table("transactions")
        if table is not None:
            shown = share(table.used, table.rows)
            yield words(
                "counted", locale, used=count(table.used), rows=count(table.rows), share=shown
            )

    def _tiers(self, locale: str) -> Iterator[str]:
        """The limits of the tiers; those of few customers would tell what one of them paid."""
        policy: Any = self.run.policy
        return _tiers(policy.tier, locale) if self.cube.shown else iter(())

    def _money(self, locale: str) -> Iterator[str]:
        how: Any = getattr(self.run.policy, "conventions", None)
        if how is None or not self.cube.whole("buyers"):
            return
        yield words(f"refunds_{'net' if how.refunds.startswith('net') else how.refunds}", locale)
        if how.currency:
            yield words("currency", locale, currency=how.currency)
        if self._rates:
            yield words("rates", locale, rates=rates_told(how))
        yield words("days_of", locale, tz=how.tz)

    def _unjudged(self, locale: str) -> Iterator[str]:
        size = self.run.size
        for name, many in self.unjudged.items():
            slots = {"customers": count(many), "share": share(many, size)}
            yield words("unjudged", locale, name=title(name, locale), **slots)
        if not self.unjudged:
            yield words("all_judged", locale)
        if doubted := self.cube.whole("doubted"):
            yield words("doubted", locale, customers=count(doubted), share=share(doubted, size))

    def _stamp(self, locale: str) -> Iterator[str]:
        for name, value in self.run.stamp.as_dict().items():
            if value:
                yield f"{headed(title(name, locale))}: {value}"
        yield f"custseg {__version__}"


def _states(model: Any, locale: str) -> Iterator[str]:  # noqa: ANN401 - any lifecycle
    """Each step of the ladder: the state, and why it is given."""
    ladder = getattr(model, "ladder", None)
    told: set[str] = set()
    for step in getattr(ladder, "steps", ()):
        state = label(str(step.state), locale)
        said = words(
            "step", locale, state=state, why=Reason(step.reason, step.settings).text(locale)
        )
        if said not in told:
            told.add(said)
            yield said
    if ladder is not None:
        state = label(str(ladder.otherwise), locale)
        yield words("step", locale, state=state, why=Reason(str(ladder.reason)).text(locale))


def _tiers(model: Any, locale: str) -> Iterator[str]:  # noqa: ANN401 - any tier model
    """The limits of the tiers."""
    points = getattr(getattr(model, "cuts", None), "points", None)
    names = getattr(model, "tiers", ())
    if points is None or len(names) != len(points) + 1 or getattr(model, "box", None) is not None:
        return
    value = title(str(model.value), locale)
    for (low, high), name in zip(pairwise((None, *points, None)), names, strict=True):
        slots = {"tier": label(name, locale), "value": value}
        if low is None:
            yield words("tier_below", locale, **slots, high=f"{high:,.10g}")
        elif high is None:
            yield words("tier_from", locale, **slots, low=f"{low:,.10g}")
        else:
            yield words("tier_between", locale, **slots, low=f"{low:,.10g}", high=f"{high:,.10g}")


def _grades(card: Any, locale: str) -> Iterator[str]:  # noqa: ANN401 - any scorecard
    """The limits of the grades."""
    grades = getattr(card, "grades", None)
    edges: Mapping[int, float] = dict(enumerate(getattr(grades, "edges", ())))
    names = getattr(grades, "names", ())
    for place, name in enumerate(names):
        if place in edges:
            yield words("grade_from", locale, grade=label(name, locale), low=f"{edges[place]:g}")
    if names and edges:
        yield words("grade_below", locale, grade=label(names[-1], locale))
