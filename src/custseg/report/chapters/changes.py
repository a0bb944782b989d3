"""What changed since the last run: flows between states and tiers, newcomers, customers gone?"""

from collections.abc import Iterator
from datetime import date, timedelta
from math import isnan
from typing import Any, ClassVar, Final

import attrs

from custseg.features.daynumbers import as_date
from custseg.frames import UNITS
from custseg.labels import label, title
from custseg.pipeline import Run
from custseg.report.blocks import Beside, Block, Heading, Picture, Said
from custseg.report.cube import Cube
from custseg.report.drawings import Node, ribbons
from custseg.report.figures import brief, count, dated, headed, joined, words
from custseg.report.grids import Grid
from custseg.report.moved import Flows, Moved, moved

_CAME, _GONE = "came", "gone"
_YEAR: Final = 365


@attrs.frozen(eq=False)
class Changes:
    """What changed since the last run.

    Attributes:
        found: Who moved; ``None``: there is no earlier run to compare with.
        first: The day of the first purchase of all, where it is known.
    """

    code: ClassVar[str] = "changes"

    found: Moved | None
    first: date | None = None

    @classmethod
    def of(cls, run: Run, previous: Any, cube: Cube) -> "Changes":  # noqa: ANN401 - a run, or any kind of table
        """Of a run and the one before it."""
        first = None if isnan(cube.first) else as_date(cube.first)
        return cls(None if previous is None else moved(run, previous), first)

    @property
    def recent(self) -> tuple[int, int] | None:
        """The money of 365 days then and now; ``None``: not known, of too few, or not alike.

        Where the data began within the earlier 365 days they held less than a year.
        """
        if self.found is None or self.found.since is None or self.first is None:
            return None
        full = self.first <= self.found.since - timedelta(_YEAR - 1)
        return self.found.recent if full else None

    def as_dict(self) -> dict[str, object] | None:
        """Flows as plain data."""
        if self.found is None:
            return None
        found = self.found
        flows = {
            name: {
                "moves": [
                    {"before": b, "after": a, "customers": n} for (b, a), n in held.moves.items()
                ],
                _CAME: dict(held.came),
                _GONE: dict(held.gone),
            }
            for name, held in found.flows.items()
        }
        since = None if found.since is None else found.since.isoformat()
        sums = {"both": found.both, _CAME: found.came, _GONE: found.gone}
        money = None if self.recent is None else [units / UNITS for units in self.recent]
        return {"since": since, **sums, "revenue_365d": money, "flows": flows}

    def blocks(self, locale: str) -> Iterator[Block]:
        """Sentences, and for each decision its flows and what became of each class."""
        if self.found is None:
            yield Said(words("no_previous", locale), "note")
            return
        yield Said(self.told(locale), "lead")
        if self.found.recent is not None and self.recent is None and self.first is not None:
            yield Said(words("young", locale, first=dated(self.first, locale)), "note")
        for name, held in self.found.flows.items():
            yield Heading(headed(title(name, locale)))
            yield Said(self._turned(name, held, locale))
            yield Beside(
                (
                    (Picture(self._picture(name, held, locale)),),
                    (_grid(held, locale, best=name == "tier"),),
                )
            )

    def told(self, locale: str) -> str:
        """Who came and went, and how the money changed."""
        if self.found is None:
            return ""
        found = self.found
        since = words("last_time", locale)
        if found.since is not None:
            since = words("since", locale, day=dated(found.since, locale))
        sums = {name: count(getattr(found, name)) for name in ("both", _CAME, _GONE)}
        said = words("changes", locale, since=since, **sums)
        if self.recent is None:
            return said
        then, now = self.recent
        money = {"then": brief(then, locale), "now": brief(now, locale)}
        more = words("changes_money", locale, **money, change=f"{100 * (now / then - 1):+.1f}%")
        return joined((said, more), locale)

    def _turned(self, name: str, held: Flows, locale: str) -> str:
        if not held.changed:
            return words("nobody_moved", locale)
        if name == "tier":
            up, down = held.turned(up=True), held.turned(up=False)
            return words("moved_tier", locale, up=count(up), down=count(down))
        slept, woke = (
            held.moves.get(("active", "dormant"), 0),
            held.moves.get(("dormant", "active"), 0),
        )
        first = sum(n for (b, a), n in held.moves.items() if b == "potential" != a)
        sums = {"changed": held.changed, "slept": slept, "woke": woke, "first": first}
        return words("moved_state", locale, **{k: count(n) for k, n in sums.items()})

    def _picture(self, name: str, held: Flows, locale: str) -> str:
        shown = list(reversed(held.words)) if name == "tier" else list(held.words)
        before = [Node(w, label(w, locale), held.before(w)) for w in shown]
        now = [Node(w, label(w, locale), held.after(w)) for w in shown]
        before.append(Node(_CAME, words(_CAME, locale), sum(held.came.values())))
        now.append(Node(_GONE, words(_GONE, locale), sum(held.gone.values())))
        moves = {
            **held.moves,
            **{(_CAME, word): n for word, n in held.came.items()},
            **{(word, _GONE): n for word, n in held.gone.items()},
        }
        sides = [tuple(node for node in side if node.size) for side in (before, now)]
        heads = (words("then", locale), words("now", locale))
        said = words("flows_of", locale, name=title(name, locale))
        return ribbons(sides[0], sides[1], moves, heads, said=said)


def _grid(held: Flows, locale: str, *, best: bool) -> Grid:
    """What became of each class: how many it had, lost, won and has."""
    heads = ("", *(words(f"class_{n}", locale) for n in ("then", "out", "in", "now", "change")))
    rows: list[tuple[str, ...]] = []
    for word in reversed(held.words) if best else held.words:
        stayed = held.moves.get((word, word), 0)
        then, now = held.before(word), held.after(word)
        sums = (count(then), count(then - stayed), count(now - stayed), count(now))
        rows.append((label(word, locale), *sums, f"{now - then:+,}"))
    return Grid(heads, tuple(rows))
