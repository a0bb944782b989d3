"""The review of one record by plain Python, with the answers of the kernel, in microseconds."""

from collections.abc import Callable, Iterator, Mapping
from math import inf, isnan, nan
from typing import TYPE_CHECKING, Any, Final

from custseg.errors import DataError, MissingColumnError
from custseg.features.daynumbers import as_date
from custseg.frames.scalar import READERS
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.columns import previous
from custseg.tiering.review.onerow import Row, Rules, Seen
from custseg.tiering.review.rulebook import Rulebook

if TYPE_CHECKING:
    from custseg.model import Scalar

_UNKNOWN: Final[Mapping[str, Any]] = {"number": nan, "day": nan, "text": None}


def reviewer(model: Rulebook) -> "Scalar":
    """A function of one record with the answers of the kernel.

    Args:
        model: The rules.
    """
    read, write = _reader(model), _Writer(model)
    names = tuple(model.gives)
    kinds = {name: kind for name, kind in model.gives.items() if isinstance(kind, str)}

    def run(record: Mapping[str, Any]) -> dict[str, Any]:
        out = write.review(read(record))
        told: dict[str, Any] = {}
        for name in names:
            value = out[name]
            if name in kinds:
                if value != value:  # noqa: PLR0124 - NaN test
                    value = None
                elif kinds[name] == "day":
                    value = as_date(value)
            told[name] = value
        return told

    return run


def _reader(model: Rulebook) -> Callable[[Mapping[str, Any]], Row]:
    lacking = {name: _UNKNOWN[kind] for name, kind in model.needs.items() if name in model.optional}
    readers = [(name, READERS[kind]) for name, kind in model.needs.items()]
    fixed = {} if model.day is None else {"as_of": model.day}

    def run(record: Mapping[str, Any]) -> Row:
        row: Row = dict(fixed)
        for name, reading in readers:
            try:
                row[name] = reading(record[name])
            except KeyError:
                if name not in lacking:
                    raise MissingColumnError(name, record) from None
                row[name] = lacking[name]
            except DataError as error:
                raise DataError(error.message, name) from error
        return row

    return run


class _Writer:
    """What a review of one row writes."""

    __slots__ = ("calm", "model", "rules", "words")

    def __init__(self, model: Rulebook) -> None:
        self.model, self.calm, self.rules = model, model.calm, Rules(model)
        self.words = frozenset(why.CODES)

    def review(self, row: Row) -> Row:
        seen = self.rules.judged(row)
        out = self._memory(seen)
        earned_since = seen.since if seen.tier == seen.held else seen.day
        shown, hand = self._shown(seen, earned_since, out)
        self._needed(seen, shown, hand, out)
        late = isnan(seen.day) or seen.reviewed > seen.day
        out[col.REVIEWED] = seen.reviewed if late else seen.day
        out[col.UNTIL] = self._until(seen, shown, hand, out)
        return out

    def _memory(self, seen: Seen) -> Row:
        calm, row, out = self.calm, seen.row, Row()
        closed = seen.how in {"closed", "again"}
        if calm.forgives:
            out[col.BELOW], out[col.BELOW_SINCE] = 0.0, nan
            if seen.how == "waiting":
                out[col.BELOW] = self.rules.below(seen)
                out[col.BELOW_SINCE] = self.rules.below_since(seen)
            elif closed:
                before = row[previous(col.BELOW)]
                out[col.BELOW] = 0.0 if isnan(before) else before
                out[col.BELOW_SINCE] = row[previous(col.BELOW_SINCE)]
        if calm.cooldown is not None:
            out[col.DEMOTED] = seen.day if seen.how == "fallen" else row[previous(col.DEMOTED)]
        if calm.lock is not None:
            risen = seen.how == "risen"
            out[col.LOCKED] = calm.lock.later(seen.day) if risen else row[previous(col.LOCKED)]
        out[col.SMOOTHED] = seen.smoothed
        return out

    def _shown(self, seen: Seen, earned_since: float, out: Row) -> tuple[int, bool]:
        tier, reason, hand = seen.tier, seen.reason, False
        before, since = seen.held, seen.since
        if self.calm.by_hand is not None:
            before = self.rules.place.get(seen.row["tier_previous"], -1)
            since = seen.row["tier_since_previous"]
            tier, reason, hand = self._by_hand(seen, before)
            out[col.EARNED] = self.model.tiers[seen.tier]
            out[col.EARNED_SINCE] = earned_since
        move = "same" if tier == before else "up" if tier > before else "down"
        move = "new" if before < 0 else move
        if seen.how == "again" and tier == before:
            told = seen.row["tier_move_previous"]
            move = told if told in col.MOVES else move
            said = seen.row["tier_reason_previous"]
            reason = said if said in self.words else reason
        out[col.TIER], out[col.MOVE], out[col.REASON] = self.model.tiers[tier], move, reason
        out[col.SINCE] = since if tier == before else seen.day
        return tier, hand

    def _by_hand(self, seen: Seen, before: int) -> tuple[int, str, bool]:
        rule, row = self.calm.by_hand, seen.row
        word = None if rule is None else row[rule.tier]
        if rule is not None and word is not None:
            over = rule.until is not None and not (
                isnan(row[rule.until]) or seen.day <= row[rule.until]
            )
            early = rule.since is not None and not (
                isnan(row[rule.since]) or seen.day >= row[rule.since]
            )
            if not over and not early:
                if word in self.rules.place:
                    return self.rules.place[word], why.HAND, True
                return seen.tier, self._ended(seen, before) or why.HAND_WRONG, False
        return seen.tier, self._ended(seen, before) or seen.reason, False

    def _ended(self, seen: Seen, before: int) -> str:
        """A tier by hand has just run out."""
        ended = before >= 0 and before not in {seen.held, seen.tier}
        return why.HAND_OVER if ended else ""

    def _needed(self, seen: Seen, shown: int, hand: bool, out: Row) -> None:  # noqa: FBT001 - inner
        if isnan(seen.value):
            out[col.KEEP] = out[col.NEXT] = nan
            return
        enter, keep, first = seen.bars
        entering = seen.trial or (hand and shown > seen.tier)
        enter = first if seen.trial else enter
        out[col.NEXT] = self._way(
            seen, enter[shown] if shown < len(enter) else nan, entering, "next"
        )
        if shown == 0:
            out[col.KEEP] = 0.0
        elif entering:
            out[col.KEEP] = self._way(seen, enter[shown - 1], entering, "keep")
        elif self.calm.adjustment is not None or seen.how in {
            "waiting",
            "fallen",
            "closed",
            "again",
        }:
            out[col.KEEP] = self._way(seen, keep[shown - 1], entering, "keep")
        else:
            out[col.KEEP] = 0.0

    def _way(self, seen: Seen, bar: float, entering: bool, to: str) -> float:  # noqa: FBT001 - inner
        rule, ruler = self.calm.adjustment, self.model.ruler
        if not entering and rule is not None and ruler is not None:
            bar = rule.asked_one(ruler, seen.smoothed, bar, keep=to == "keep")
        way = bar - seen.value
        return way if isnan(way) else max(way, 0.0)

    def _until(self, seen: Seen, shown: int, hand: bool, out: Row) -> float:  # noqa: FBT001 - inner
        if hand:
            rule = self.calm.by_hand
            return nan if rule is None or rule.until is None else float(seen.row[rule.until])
        newcomers = self.calm.newcomers
        if newcomers is not None and seen.trial:
            return float(seen.day - max(seen.row[newcomers.tenure], 0.0) + newcomers.days)
        latest = max((end for end in self._ends(seen, out) if not isnan(end)), default=-inf)
        return latest if latest > seen.day and shown > 0 else nan

    def _ends(self, seen: Seen, out: Row) -> Iterator[float]:
        calm = self.calm
        earned_since = seen.since if seen.tier == seen.held else seen.day
        if calm.lock is not None:
            yield out[col.LOCKED]
        if calm.locked is not None:
            yield seen.row[calm.locked]
        if calm.min_tenure is not None:
            yield calm.min_tenure.later(earned_since)
        if calm.cooldown is not None:
            yield calm.cooldown.later(out[col.DEMOTED])
        if calm.grace_for is not None:
            yield calm.grace_for.later(out[col.BELOW_SINCE])
        if calm.anniversary is not None:
            member = calm.anniversary.of == "membership"
            start = self.rules.beginning(seen) if member else earned_since
            yield calm.anniversary.coming_one(start, seen.day)
