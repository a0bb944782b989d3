"""The rules of a review for one row: the kernel's twin, without arrays."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from math import isnan, nan
from typing import Any

from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.bars import Set
from custseg.tiering.review.columns import previous
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.verdict import locks

Row = dict[str, Any]
_FRESH = frozenset({"trial", "tried"})


class Seen:
    """What is known of one row, and what the rules make of it.

    The fields are those of ``Situation`` and ``Verdict``; ``how`` says what became of the row:
    ``waiting``, ``fallen``, ``risen``, ``closed``, ``again``, ``trial``, ``tried`` or nothing.
    """

    __slots__ = (
        "bars",
        "day",
        "held",
        "how",
        "reason",
        "reviewed",
        "row",
        "since",
        "smoothed",
        "tier",
        "trial",
        "value",
        "worth",
    )

    row: Row
    bars: Set
    day: float
    value: float
    worth: float
    smoothed: float
    held: int
    since: float
    reviewed: float
    tier: int
    reason: str
    how: str
    trial: bool


class Rules:
    """The rules of a model, prepared for one row at a time."""

    __slots__ = ("bars", "calm", "find", "locks", "memory", "model", "names", "place")

    def __init__(self, model: Rulebook) -> None:
        """Look up once what every row asks for."""
        self.model, self.calm = model, model.calm
        self.place = {word: i for i, word in enumerate(model.tiers)}
        self.find = bisect_right if model.hurdles.closed == "left" else bisect_left
        self.bars = model.hurdles.sets[0] if model.hurdles.by is None else None
        self.locks = locks(model)
        self.memory = frozenset(model.calm.memory)

    def judged(self, row: Row) -> Seen:
        """Decide one read row."""
        seen = self._seen(row)
        if self._closed(seen):
            return seen
        fresh = seen.held < 0 or seen.how in _FRESH
        up = self.find(seen.bars[2 if fresh else 0], seen.worth)
        if self.calm.newcomers is not None and self._tried(seen, up):
            return seen
        least = self.find(seen.bars[1], seen.worth)
        if up > seen.held:
            self._rise(seen, up)
        elif least < seen.held:
            self._fall(seen, least)
        else:
            seen.reason = why.EARNED if up == seen.held else why.BAND
        if self.calm.adjustment is not None:
            self._lagging(seen)
        return seen

    def _seen(self, row: Row) -> Seen:
        seen = Seen()
        seen.row = row
        seen.bars = self.bars or self.model.hurdles.at(row)
        seen.day, seen.value = row["as_of"], row[self.model.value]
        seen.held = self.place.get(row["tier_previous"], -1)
        seen.since = row["tier_since_previous"]
        if self.calm.by_hand is not None:
            earned = self.place.get(row["tier_earned_previous"], -1)
            if earned >= 0:
                seen.held, seen.since = earned, row["tier_earned_since_previous"]
        seen.reviewed = row["tier_reviewed_previous"]
        seen.tier, seen.reason, seen.how, seen.trial = seen.held, "", "", False
        if self.calm.newcomers is not None:
            self._trial(seen)
        seen.smoothed = seen.worth = self._smoothed(seen)
        if seen.trial:
            seen.worth = self._yearly(seen)
        return seen

    def _closed(self, seen: Seen) -> bool:
        """Nothing moves on a day that was reviewed, without a value, or without a day."""
        if seen.reviewed >= seen.day and seen.held >= 0:
            seen.reason, seen.how = why.REVIEWED, "again"
        elif isnan(seen.day):
            seen.reason, seen.how = why.UNDATED, "closed"
        elif isnan(seen.value) or self._ageless(seen):
            seen.reason = why.UNKNOWN if seen.held >= 0 else why.NEW_UNKNOWN
            seen.how = "closed"
        else:
            return False
        seen.tier = max(seen.held, 0)
        return True

    def _ageless(self, seen: Seen) -> bool:
        """Who may be a newcomer earns nothing as one who is none."""
        newcomers = self.calm.newcomers
        return newcomers is not None and isnan(seen.row[newcomers.tenure])

    def _trial(self, seen: Seen) -> None:
        newcomers = self.calm.newcomers
        if newcomers is None:
            return
        tenure = seen.row[newcomers.tenure]
        if tenure < newcomers.days:
            seen.how, seen.trial = "trial", True
        elif tenure - (seen.day - seen.reviewed) < newcomers.days and seen.held >= 0:
            seen.how = "tried"

    def _yearly(self, seen: Seen) -> float:
        newcomers = self.calm.newcomers
        if newcomers is None or newcomers.tier is not None:
            return seen.worth
        known = max(seen.row[newcomers.tenure], float(newcomers.at_least))
        return float(seen.value * max(newcomers.over / known, 1.0))

    def _smoothed(self, seen: Seen) -> float:
        rule, ruler = self.calm.adjustment, self.model.ruler
        if rule is None or ruler is None:
            return seen.value
        before: float = seen.row[previous(col.SMOOTHED)]
        if seen.reviewed >= seen.day and seen.held >= 0:
            return before
        if seen.how:
            before = nan
        return rule.moved_one(ruler, before, seen.value)

    def _tried(self, seen: Seen, up: int) -> bool:
        if seen.how == "trial":
            given = self.calm.newcomers and self.calm.newcomers.tier
            seen.tier = max(up, self.place[given] if given else -1)
            seen.reason = why.TRIAL
            return True
        if seen.how == "tried":
            seen.tier, seen.reason = up, why.TRIAL_OVER
            return True
        return False

    def _rise(self, seen: Seen, up: int) -> None:
        most, held = self.calm.max_up, seen.held
        seen.tier, seen.reason = up, why.EARNED
        if held < 0:
            if seen.row["tier_previous"] is not None:
                seen.reason = why.STRANGE
            return
        seen.reason, seen.how = why.PROMOTED, "risen"
        if most is not None and up > held + most:
            seen.tier, seen.reason = held + most, why.PROMOTED_STEP

    def _fall(self, seen: Seen, least: int) -> None:
        for name in self._stopping(seen):
            seen.reason, seen.how = name, "waiting"
            return
        most = self.calm.max_down
        seen.tier, seen.reason, seen.how = least, why.DEMOTED, "fallen"
        if most is not None and least < seen.held - most:
            seen.tier, seen.reason = seen.held - most, why.DEMOTED_STEP

    def _stopping(self, seen: Seen) -> Iterator[str]:
        calm, row, now = self.calm, seen.row, seen.day
        for name in self.locks:
            if row[name] > now:
                yield why.LOCK
        if calm.min_tenure is not None and calm.min_tenure.later(seen.since) > now:
            yield why.TENURE
        if calm.cooldown is not None and calm.cooldown.later(row[previous(col.DEMOTED)]) > now:
            yield why.COOLDOWN
        if calm.anniversary is not None and not self._due(seen):
            yield why.ANNIVERSARY
        if calm.grace and self.below(seen) <= calm.grace:
            yield why.GRACE
        if calm.grace_for is not None and calm.grace_for.later(self.below_since(seen)) > now:
            yield why.GRACE_FOR

    def _due(self, seen: Seen) -> bool:
        rule = self.calm.anniversary
        if rule is None:
            return True
        return rule.due_one(self.beginning(seen), seen.reviewed, seen.day)

    def beginning(self, seen: Seen) -> float:
        """The day that anniversaries are counted from."""
        rule = self.calm.anniversary
        member = rule is not None and rule.of == "membership"
        day: float = seen.row[rule.start] if rule is not None and member else seen.since
        return day

    def below(self, seen: Seen) -> float:
        """The reviews in a row below the bar, this one included."""
        before: float = seen.row[previous(col.BELOW)]
        return 1.0 if isnan(before) else before + 1.0

    def below_since(self, seen: Seen) -> float:
        """The day of the first of them."""
        first: float = seen.row[previous(col.BELOW_SINCE)]
        return seen.day if isnan(first) else first

    def _lagging(self, seen: Seen) -> None:
        if seen.reason not in {why.EARNED, why.BAND} or seen.tier != seen.held:
            return
        up, least = (self.find(bars, seen.value) for bars in seen.bars[:2])
        if up > seen.tier or least < seen.tier:
            seen.reason = why.SMOOTHED
