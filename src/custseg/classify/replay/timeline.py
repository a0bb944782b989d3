"""On which days does the state of each customer change? The steps of a ladder, turned over time."""

from collections.abc import Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Column, Floats, Index
from custseg.classify.clocks import FrozenDays
from custseg.classify.ladder import SILENCE, StateLadder
from custseg.classify.replay.chapters import Chapters
from custseg.classify.replay.spans import Answers, Sight, Span, every_day, spans_of
from custseg.classify.replay.turning import Turn, turning
from custseg.features.layout import rows_of
from custseg.rules import Times

CHUNK: Final = 1 << 15  # chapters at a time: their columns stay in the processor's cache


@attrs.frozen(eq=False)
class Changes:
    """Days on which another step decides, by customer and then by day.

    Attributes:
        code: Customer.
        day: The day, since 1970-01-01.
        state: The state from then on, by its code among the ladder's states.
        place: The step that decides then.
    """

    code: Index
    day: Index
    state: Index
    place: Index

    @property
    def of_state(self) -> "Changes":
        """Those that change the state, not only the reason."""
        return self.take(changed(self.code) | changed(self.state))

    def take(self, rows: Index | Bools) -> "Changes":
        """Some of them."""
        at = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        return Changes(*(part.take(at) for part in (self.code, self.day, self.state, self.place)))


def turns(ladder: StateLadder, chapters: Chapters, grace: int = 0) -> Changes:
    """Every day on which another step decides about a customer.

    Within a chapter nothing but days passes, so a comparison can turn only on a day that is known
    beforehand: the limit, counted from the day from which the clock counts. The steps are asked on
    those days alone.

    Args:
        ladder: The steps.
        chapters: Times in which nothing happens, by customer and then by day.
        grace: Days by which limits of silence pass later.

    Raises:
        ConfigError: A step compares two columns that both grow day by day.
    """
    asking = Asking.of(ladder, grace)
    parts: list[Changes] = []
    for low in range(0, len(chapters.code), CHUNK):
        part = asking.changes(chapters.take(slice(low, low + CHUNK)))
        parts.append(part.take(np.arange(_goes_on(parts[-1:], part), len(part.code))))
    return joined(parts)


def joined(parts: Sequence[Changes]) -> Changes:
    """The changes of several parts, one after the other."""
    if not parts:
        return Changes(*(np.empty(0, dtype=np.int64) for _ in range(4)))
    fields = zip(*(attrs.astuple(part, recurse=False) for part in parts), strict=True)
    return Changes(*(np.concatenate(field) for field in fields))


@attrs.frozen(eq=False)
class Asking:
    """How the steps are asked about chapters.

    Attributes:
        ladder: The steps.
        turns: The comparisons with a clock.
        others: Those that are not a number of days of silence.
        spans: The steps between such limits, ``None`` where they cannot be told apart.
        frozen: Days that do not count as silence.
        grace: Days by which limits of silence pass later.
    """

    ladder: StateLadder
    turns: tuple[Turn, ...]
    others: tuple[Turn, ...]
    spans: tuple[Span, ...] | None
    frozen: FrozenDays
    grace: int

    @classmethod
    def of(cls, ladder: StateLadder, grace: int) -> "Asking":
        """Tell limits of silence from other comparisons.

        Raises:
            ConfigError: A step compares two columns that both grow day by day.
        """
        every = tuple(turning(ladder))
        silent = [turn for turn in every if turn.clock == SILENCE]
        limits = [
            float(_whole(turn.days, beyond))
            for turn in silent
            for beyond in turn.beyond
            if not isinstance(turn.days, Times)
        ]
        others = tuple(turn for turn in every if turn not in silent)
        spans = spans_of(ladder, limits, grace) if SILENCE in ladder.needs else None
        return cls(ladder, every, others, spans, FrozenDays.of(ladder.frozen), grace)

    def changes(self, chapters: Chapters) -> Changes:
        """The changes within some chapters, by customer and then by day."""
        answers = self.answers(chapters)
        count = np.zeros(len(chapters.code), dtype=np.int64)
        for each in answers:
            count[each.row] = each.nth + 1
        first = np.cumsum(count) - count
        row, day = np.empty((2, int(count.sum())), dtype=np.int64)
        place = np.empty(len(row), dtype=np.int8)
        for each in answers:
            at = first[each.row] + each.nth
            row[at], day[at], place[at] = each.row, each.seen, each.place
        code = chapters.code[row]
        new = np.flatnonzero(changed(code) | changed(place))
        place = place[new]
        return Changes(code[new], day[new], self.ladder.codes[place], place)

    def answers(self, chapters: Chapters, sight: Sight = every_day) -> list[Answers]:
        """What the steps say of some chapters wherever it may change and is looked at.

        Between two limits of silence most steps are settled; where something else turns as well,
        all of them are asked.

        Args:
            chapters: The chapters.
            sight: When days are looked at; what is over by then is not asked.
        """
        asked = _Asked(self.ladder, chapters, self.frozen, self.grace)
        past = sight(chapters.end + 1)
        if self.spans is None:
            return [asked.answers(np.flatnonzero(sight(chapters.start) < past), self.turns, sight)]
        mixed = self._mixed(asked, self.spans)
        rows, found = np.flatnonzero(~mixed), list[Answers]()
        for nth, span in enumerate(self.spans):
            seen = sight(chapters.start.take(rows) + span.begin)
            there = np.flatnonzero(seen < past.take(rows))
            rows, seen = rows.take(there), seen.take(there)
            found.append(Answers(rows, np.int64(nth), seen, span.decided(chapters, rows)))
        rest = np.flatnonzero(mixed & (sight(chapters.start) < past))
        return [*found, asked.answers(rest, self.turns, sight)]

    def _mixed(self, asked: "_Asked", spans: tuple[Span, ...]) -> Bools:
        """Whether something turns in a chapter elsewhere than at a limit of silence."""
        chapters, last = asked.chapters, spans[-1].begin
        begins = np.zeros(last + 2, dtype=np.bool_)
        begins[[span.begin for span in spans]] = True
        mixed: Bools = chapters.base[SILENCE] != chapters.start  # nothing bought on their first day
        for turn in self.others:
            for beyond in turn.beyond:
                rows, on = asked.live(turn, beyond)
                apart = ~begins[np.minimum(on - chapters.start[rows], last + 1)]
                mixed[rows[apart]] = True
        return mixed


@attrs.frozen(eq=False)
class _Asked:
    """Some chapters, and the steps that are asked about them."""

    ladder: StateLadder
    chapters: Chapters
    frozen: FrozenDays
    grace: int

    def answers(self, rows: Index, turns_: tuple[Turn, ...], sight: Sight) -> Answers:
        """All steps, asked on every day on which one may turn."""
        if not len(rows):
            return Answers(rows, rows, rows, rows)
        some = attrs.evolve(self, chapters=self.chapters.take(rows))
        row, day = some.days(turns_)
        seen = sight(day)
        there = seen < sight(some.chapters.end + 1)[row]
        if not there.all():
            row, day, seen = row[there], day[there], seen[there]
        every = np.arange(len(row))
        nth = every - np.maximum.accumulate(np.where(changed(row), every, 0))
        return Answers(rows[row], nth, seen, some.places(row, day))

    def days(self, turns_: tuple[Turn, ...]) -> tuple[Index, Index]:
        """Chapter and day of each question: its first day, and where a comparison may turn."""
        start = self.chapters.start
        more = [self.live(turn, beyond) for turn in turns_ for beyond in turn.beyond]
        low = int(start.min())
        days = np.concatenate((start, *(days for _, days in more))) - low
        bits = int(days.max()).bit_length()
        key = (np.concatenate((np.arange(len(start)), *(rows for rows, _ in more))) << bits) + days
        key.sort(kind="stable")  # several runs in order: merged faster than sorted
        key = key[changed(key)]
        return key >> bits, (key & ((1 << bits) - 1)) + low

    def live(self, turn: Turn, beyond: int) -> tuple[Index, Index]:
        """The chapters within which a comparison turns, and the day."""
        chapters = self.chapters
        on = self._on(turn.clock, _whole(self._limit(turn), beyond))
        rows = np.flatnonzero((on > chapters.start) & (on <= chapters.end))
        return rows, on[rows].astype(np.int64)

    def places(self, row: Index, day: Index) -> Index:
        """The steps that decide about some chapters, each on a day of its own."""
        cols = self._columns(row, day)
        return frames.first_of([step.when for step in self.ladder.steps], cols, len(row))

    def _limit(self, turn: Turn) -> Floats | float:
        days = turn.days
        if isinstance(days, Times):
            column = np.asarray(self.chapters.fixed[days.field], dtype=np.float64)
            return column * days.factor
        return days

    def _on(self, clock: str, days: Floats | float) -> Floats:
        """The day on which a clock shows so many days."""
        if clock == "as_of":
            return np.broadcast_to(np.asarray(days), self.chapters.start.shape)
        base = self.chapters.base[clock]
        if clock != SILENCE:
            return base + days
        if not self.ladder.frozen:
            return base + days + self.grace
        known = np.isfinite(base) & np.isfinite(days)
        start, limit = (np.where(known, part, 0).astype(np.int64) for part in (base, days))
        return np.where(known, self.frozen.reach(start, limit + self.grace), np.nan)

    def _columns(self, row: Index, day: Index) -> dict[str, Column]:
        """The columns of some chapters, each on a day of its own."""
        chapters = self.chapters
        cols: dict[str, Column] = {
            name: rows_of(column, row) for name, column in chapters.fixed.items()
        }
        if "as_of" in self.ladder.needs:
            cols["as_of"] = day.astype(np.float64)
        for name, base in chapters.base.items():
            cols[name] = day - base[row]
        if SILENCE in cols and (self.ladder.frozen or self.grace):
            thawed = self.frozen.between(chapters.base[SILENCE][row], day)
            cols[SILENCE] = cast("Floats", cols[SILENCE]) - thawed - self.grace
        return cols


def _whole(limit: Floats | float, beyond: int) -> Any:  # noqa: ANN401 - as many as there are limits
    """The first whole day at or beyond a limit, or one near it."""
    return np.floor(limit) + 1 if beyond == 1 else np.ceil(limit) + beyond


def _goes_on(before: list[Changes], part: Changes) -> int:
    """1 where the first row only goes on with the last step before it, else 0."""
    if not before or not len(before[0].code):
        return 0
    last = before[0]
    return int(last.code[-1] == part.code[0] and last.place[-1] == part.place[0])


def changed(ordered: Index) -> Bools:
    """Where a value differs from the one before it; the first one always does.

    >>> changed(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
