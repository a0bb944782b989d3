"""Who got a lead, the state afterwards, and why: every candidate with level, points and reason."""

from collections.abc import Mapping, Sequence
from math import isfinite

import attrs
import numpy as np

from custseg.allocate.routing.compiled import NOBODY, Choice, RouterTeam
from custseg.allocate.routing.memory.state import RouterState, key_of
from custseg.frames import Tabled
from custseg.labels import filled, label, title
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason
from custseg.showing import Shown


@attrs.frozen
class RoutingCandidate:
    """One representative as seen from one lead.

    Attributes:
        rep_id: The id as it was given.
        level: How far from being next; the lowest is next. ``None`` if it was not asked; minus
            infinity, ``None`` in ``as_dict``: before all others.
        points: The points of the wishes; ``None`` if not eligible, or where there are no wishes.
        dropped: Why the lead could not be theirs; ``None`` if it was only not their turn.

    >>> RoutingCandidate("Li", 3.0, None, None).level
    3.0
    """

    rep_id: object
    level: float | None
    points: float | None
    dropped: Reason | None


@attrs.frozen
class RoutingExplanation(Explanation):
    """Why one lead went where it went.

    Attributes:
        candidates: All representatives: who was chosen first, then by level, then who was dropped.

    >>> from custseg.allocate import Router
    >>> team = [{"rep_id": "Li"}, {"rep_id": "Wang"}]
    >>> print(Router().route({"lead_id": 1}, team, at="2026-06-30").explanation.text())
    owner: Li
      - next in turn
      Li: level 0.75
      Wang: level 1.75
    """

    candidates: tuple[RoutingCandidate, ...] = ()

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Show what the record holds.
        """
        said = super().as_dict(values=values)
        owner = self.decision.get(self.subject)
        return {
            **said,
            "decision": {**self.decision, self.subject: _plain(owner)},
            "candidates": [
                {
                    **attrs.asdict(c, recurse=False),
                    "rep_id": _plain(c.rep_id),
                    "level": c.level if isfinite(c.level or 0.0) else None,
                    "dropped": c.dropped and c.dropped.as_dict(),
                }
                for c in self.candidates
            ],
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the owner and why, then every candidate.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        lines = super().text(locale, values=values).splitlines()
        lines += [f"  {who}: {why}" for who, why in self._rows(locale)]
        return "\n".join(lines)

    def _rows(self, locale: str) -> list[tuple[object, str]]:
        return [(c.rep_id, _told(c, locale)) for c in self.candidates]

    def html(self, locale: str = "en") -> str:
        """The decision and every candidate as a small page for notebooks."""
        heads = title("rep_id", locale), title("owner_reason", locale)
        return Explanation.html(self, locale) + html_table(heads, self._rows(locale))


@attrs.frozen(eq=False)
class Routed(Shown):
    """Where one lead went, and the state to store.

    Attributes:
        lead_id: The lead, as given.
        rep_id: Who got it; ``None``: nobody.
        pool: The pool that it waits in instead, if the router names one.
        reason: Why.
        state: The state after it; give it to the next call.
        moved_clock: The state was later than the moment of the lead, so its own moment counted.

    >>> from custseg.allocate import Router
    >>> found = Router().route({"lead_id": 7}, [{"rep_id": "Li"}], at="2026-06-30T09:00")
    >>> found.rep_id, found.reason.code, found.state.given
    ('Li', 'next_in_turn', (1,))
    """

    lead_id: object
    rep_id: object
    pool: str | None
    reason: Reason
    state: RouterState
    moved_clock: bool
    _choice: Choice = attrs.field(repr=False)
    _made: RouterTeam = attrs.field(repr=False)

    @classmethod
    def of(cls, lead_id: object, choice: Choice, made: RouterTeam, state: RouterState) -> "Routed":
        """Put a choice and the state together."""
        rep = made.ids[choice.chosen] if choice.chosen != NOBODY else None
        return cls(lead_id, rep, choice.pool, choice.reason, state, False, choice, made)  # noqa: FBT003 - a field

    @property
    def explanation(self) -> RoutingExplanation:
        """Why, with every candidate; made when asked for."""
        decision: dict[str, object] = {"owner": self.rep_id, "owner_reason": self.reason.code}
        if self.rep_id is None:
            decision["pool"] = self.pool
        reasons = (self.reason, Reason("clock_back")) if self.moved_clock else (self.reason,)
        return RoutingExplanation("owner", decision, reasons, self._candidates())

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON, without the state."""
        return {"lead_id": _plain(self.lead_id), **self.explanation.as_dict()}

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return self.explanation.text(locale)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return self.explanation.html(locale)

    def _candidates(self) -> tuple[RoutingCandidate, ...]:
        choice, made = self._choice, self._made
        size = len(made.ids)
        levels = np.full(size, np.nan) if choice.levels is None else choice.levels
        asked = (choice.dropped == 0) & ~np.isnan(levels)
        far = np.where(asked, levels, np.inf).tolist()
        lost = (choice.dropped > 0).tolist()
        order = sorted(range(size), key=lambda i: (i != choice.chosen, lost[i], far[i], i))
        return tuple(self._candidate(i, levels[i] if asked[i] else None) for i in order)

    def _candidate(self, at: int, level: float | None) -> RoutingCandidate:
        choice, made = self._choice, self._made
        points = float(choice.points[at])
        known = bool(made.fitting.wishes) and points == points  # noqa: PLR0124 - NaN test
        code = int(choice.dropped[at])
        return RoutingCandidate(
            made.ids[at],
            None if level is None else float(level),
            points if known else None,
            None if code == 0 else made.reasons[code - 1],
        )


@attrs.frozen(eq=False)
class RoutedBatch(Tabled):
    """Where many leads went, one after the other in time.

    Attributes:
        table: The leads with ``owner`` and ``owner_reason``, the same kind of table as given.
        state: The state after the last one.
        given: How many leads each representative got.
        left: How many got nobody, by reason.
        late: How many came before the last lead of the state, so that its moment counted.

    >>> from custseg.allocate import Router
    >>> leads = [{"lead_id": i} for i in range(3)]
    >>> batch = Router().route_all(leads, [{"rep_id": "Li"}, {"rep_id": "Wang"}], at="2026-06-30")
    >>> batch.given, batch.left
    ({'Li': 2, 'Wang': 1}, {})
    """

    table: object
    state: RouterState
    given: Mapping[object, int]
    left: Mapping[str, int]
    late: int = 0

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data for JSON."""
        given = {str(key_of(rep)): count for rep, count in self.given.items()}
        return {"given": given, "left": dict(self.left), "late": self.late}

    def text(self, locale: str = "en") -> str:
        """Lines to read: who got how many, and who got nobody and why.

        Args:
            locale: ``en`` or ``zh``.
        """
        routed, missed = sum(self.given.values()), sum(self.left.values())
        head = label("routing.summary", locale)
        lines = [filled(head, routed=routed, leads=routed + missed)]
        lines += [f"  - {label(code, locale)}: {count}" for code, count in self.left.items()]
        lines += [f"  - {who}: {count}" for who, count in self.given.items()]
        if self.late:
            lines.append("! " + label("routing.late", locale).format(late=self.late))
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows: Sequence[tuple[object, int]] = tuple(self.given.items())
        return html_table((title("rep_id", locale), label("routing.leads", locale)), rows)


def _told(candidate: RoutingCandidate, locale: str) -> str:
    if candidate.dropped is not None:
        return candidate.dropped.text(locale)
    if candidate.level is None:
        return label("routing.not_asked", locale)
    if not isfinite(candidate.level):
        return label("routing.before_all", locale)
    level = label("routing.level", locale).format(level=round(candidate.level, 3))
    if candidate.points is None:
        return level
    return label("routing.points", locale).format(level=level, points=round(candidate.points, 3))


def _plain(given: object) -> object:
    """An id for JSON."""
    return None if given is None else key_of(given)
