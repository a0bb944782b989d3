"""Ranking what hurts customers by how often, how badly and whom."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import fsum
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Index
from custseg.errors import ConfigError
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.scoring.feedback.intake import Intake, one_each, taken_in
from custseg.scoring.feedback.pains import PainPoint, PainPoints, Voice
from custseg.scoring.feedback.triage import Triage

_EXAMPLES: Final = 3
_VOICES: Final = 10
_DAYS: Final = 90


def topics(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    feedback: object,
    customers: object = None,
    *,
    as_of: date | str,
    value: str | None = None,
    days: int = _DAYS,
    triage: Triage | None = None,
    conventions: Conventions | None = None,
) -> PainPoints:
    """Rank what customers complain about: count x severity x value of the customers.

    A complaint on two topics counts for both. The value of customers is taken for one of the mean
    customer with a known value, less than nothing for nothing; who has none, or is in no table of
    customers, changes no mean.
    The trend is against as many days before, where the table goes back so far.

    Args:
        feedback: One row a feedback, with the columns that a ``Triage`` reads.
        customers: One row a customer, for ``value`` and the tiers.
        as_of: The last day that counts.
        value: The column of ``customers`` that says what each is worth; ``None``: all the same.
        days: Length of the period, up to ``as_of``.
        triage: How feedback is sorted; ``None``: as usual.
        conventions: On whose clock days are counted.

    Raises:
        MissingColumnError: There is no column of words, or of values.
        ConfigError: The period is not longer than 0 days, or there is a value without customers.

    >>> said = [
    ...     {"customer_id": "a", "at": "2026-06-29", "text": "送货太慢，包装也破了"},
    ...     {"customer_id": "b", "at": "2026-06-20", "text": "客服态度很差"},
    ... ]
    >>> worth = [{"customer_id": "a", "revenue": 100}, {"customer_id": "b", "revenue": 900}]
    >>> found = topics(said, worth, as_of="2026-06-30", value="revenue")
    >>> [(point.topic, point.value) for point in found.points][0]
    ('service', 1.8)
    """
    if days < 1:
        msg = f"must be 1 or more, got {days!r}"
        raise ConfigError(msg, "days")
    if value is not None and customers is None:
        msg = "is a column of customers: give customers= as well"
        raise ConfigError(msg, "value")
    taken = taken_in(triage or Triage(), feedback, customers, as_of, conventions)
    return pains_of(taken, customers, value, days)


def pains_of(
    taken: Intake, customers: object, value: str | None = None, days: int = _DAYS
) -> PainPoints:
    """Rank what hurts, of feedback that has been read.

    Args:
        taken: The feedback.
        customers: One row a customer, for ``value``.
        value: The column of ``customers`` that says what each is worth; ``None``: all the same.
        days: Length of the period.
    """
    return _ranked(_told(taken, days, _worth(taken, customers, value)), days)


@attrs.frozen(eq=False)
class _Told:
    """Complaints of a period and of the one before.

    Attributes:
        taken: The feedback.
        current: Rows that are complaints of the period.
        before: Rows that are complaints of the period before; ``None`` where it is not covered.
        names: Topics by row code, and
        at: the code of each row.
        severity: Importance and urgency of each row together.
        worth: Value of each customer for one of the mean customer, NaN where not known.
        left_out: Rows that are not counted, by reason.
    """

    taken: Intake
    current: Bools
    before: Bools | None
    names: tuple[tuple[str, ...], ...]
    at: Index
    severity: Floats
    worth: Floats
    left_out: Mapping[str, int]

    def about(self, topic: str) -> Bools:
        """Rows on a topic."""
        return np.array([topic in each for each in self.names])[self.at]


def _told(taken: Intake, days: int, worth: Floats) -> _Told:
    # How long somebody has waited for an answer is no part of what hurt.
    made = taken.decided({taken.triage.column("at"): np.full(len(taken.day), np.nan)})
    kinds, topic = cast("Codes", made["feedback_types"]), cast("Codes", made["topics"])
    pains = np.array([*("complaint" in word.split(",") for word in kinds.words), False])[kinds.at]
    undated = np.isnan(taken.day)
    severity = cast("Floats", made["importance"]) + cast("Floats", made["urgency"])
    age = taken.until - taken.day
    oldest = float(np.nanmax(age)) if not undated.all() else 0.0
    names = tuple(tuple(filter(None, (word or "").split(","))) for word in (*topic.words, None))
    reasons = {
        "after_as_of": taken.late,
        "missing_time": undated,
        "silent": np.isnan(severity) & ~undated & ~taken.late,
    }
    return _Told(
        taken,
        pains & (age >= 0) & (age < days),
        pains & (age >= days) & (age < 2 * days) if oldest >= 2 * days - 1 else None,
        names,
        topic.at,
        severity,
        worth,
        {name: n for name, rows in reasons.items() if (n := int(np.count_nonzero(rows)))},
    )


def _worth(taken: Intake, customers: object, value: str | None) -> Floats:
    """Value of each customer who occurs, for one of the mean customer; the last is of nobody."""
    people = len(taken.ids)
    if value is None:
        return np.full(people + 1, np.nan)
    opened = frames.table(customers)
    held = cast("Floats", opened.read({value: "number"})[value])
    keys = one_each(opened, taken.triage.column("customer"))
    own = np.append(held, np.nan)[keys.first]
    # Who costs money is worth nothing here; a loss must not make the others worth more.
    own = np.where(np.isfinite(own), np.maximum(own, 0.0), np.nan)
    known = own[~np.isnan(own)]
    mean = fsum(known.tolist()) / len(known) if len(known) else np.nan
    place = frames.align(keys, taken.people) if people else np.empty(0, dtype=np.intp)
    found = np.append(own, np.nan)[place]
    return np.append(found / mean if mean > 0 else np.full(people, np.nan), np.nan)


def _ranked(told: _Told, days: int) -> PainPoints:
    every = sorted({name for each in told.names for name in each})
    points = [point for topic in every if (point := _point(told, topic)) is not None]
    points.sort(key=lambda point: (-point.points, point.topic))
    unnamed = told.current & np.array([not each for each in told.names])[told.at]
    return PainPoints(
        tuple(points),
        _voices(told),
        as_date(told.taken.until),
        days,
        int(np.count_nonzero(told.current)),
        int(np.count_nonzero(unnamed)),
        told.left_out,
    )


def _point(told: _Told, topic: str) -> PainPoint | None:
    about = told.about(topic)
    rows = np.flatnonzero(about & told.current)
    if not len(rows):
        return None
    who = np.unique(told.taken.who[rows])
    before = None if told.before is None else int(np.count_nonzero(about & told.before))
    shown = _examples(told, rows)
    return PainPoint(
        topic,
        len(rows),
        before,
        int(np.count_nonzero(who >= 0)),
        float(told.severity[rows].sum()) / len(rows),
        _mean(told.worth[who]),
        tuple(shown),
        tuple(_words(told, shown)),
    )


def _mean(worth: Floats) -> float:
    known = worth[~np.isnan(worth)]
    return fsum(known.tolist()) / len(known) if len(known) else 1.0


def _examples(told: _Told, rows: Index) -> list[int]:
    """The gravest rows, of equals the latest, then by their words."""
    words = list(_words(told, rows.tolist()))
    day = told.taken.day
    order = sorted(
        range(len(rows)),
        key=lambda i: (-told.severity[rows[i]], -day[rows[i]], words[i]),
    )
    return [int(rows[i]) for i in order[:_EXAMPLES]]


def _words(told: _Told, rows: list[int]) -> Iterator[str]:
    codes = cast("Codes", told.taken.cols[told.taken.triage.text])
    for row in rows:
        yield codes.words[codes.at[row]] if codes.at[row] >= 0 else ""


def _voices(told: _Told) -> tuple[Voice, ...]:
    """Customers by severity x value x how many complaints are about the same topics."""
    rows = np.flatnonzero(told.current & (told.taken.who >= 0))
    if not len(rows):
        return ()
    total = int(np.count_nonzero(told.current))
    share = _shares(told, total)
    ids = told.taken.ids
    made: list[Voice] = []
    people, counts = np.unique(told.taken.who[rows], return_counts=True)
    rows = rows[np.argsort(told.taken.who[rows], kind="stable")]
    for who, own in zip(people.tolist(), np.split(rows, np.cumsum(counts)[:-1]), strict=True):
        places: list[int] = told.at[own].tolist()
        about = tuple(sorted({name for at in places for name in told.names[at]}))
        worth = float(told.worth[who])
        made.append(
            Voice(
                ids[who],
                0,
                len(own),
                float(told.severity[own].sum()) / len(own),
                1.0 if np.isnan(worth) else worth,
                share(about),
                about,
            )
        )
    return _placed(made)


def _shares(told: _Told, total: int) -> Any:  # noqa: ANN401 - a function of topics
    """Share of all complaints that are about any of some topics."""
    found: dict[tuple[str, ...], float] = {}
    counts = np.bincount(told.at[told.current] + 1, minlength=len(told.names)).tolist()
    by_code = [*counts[1:], counts[0]]

    def share(about: tuple[str, ...]) -> float:
        if about not in found:
            hit = (n for n, each in zip(by_code, told.names, strict=True) if {*each} & {*about})
            found[about] = sum(hit) / total
        return found[about]

    return share


def _placed(made: list[Voice]) -> tuple[Voice, ...]:
    """The first places, and whoever is equal to the last of them."""
    made.sort(key=lambda voice: (-voice.points, -voice.count, str(voice.customer)))
    out: list[Voice] = []
    for place, voice in enumerate(made, start=1):
        last = out[-1] if out else None
        same = last is not None and (last.points, last.count) == (voice.points, voice.count)
        rank = last.rank if last is not None and same else place
        if rank > _VOICES:
            break
        out.append(attrs.evolve(voice, rank=rank))
    return tuple(out)
