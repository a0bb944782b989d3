"""Leads and what became of them, with the truth beside it: how likely each was to be won."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.datasets import exact
from custseg.datasets.draws import Draws
from custseg.datasets.export import records
from custseg.datasets.said import SAID
from custseg.errors import ConfigError
from custseg.showing import Shown

Records = list[dict[str, object]]
END: Final = dt.date(2026, 6, 30)
"""The last day of which generated leads tell."""

_OPEN_DAYS: Final = 30  # younger leads are open still
_SLOW: Final = 8  # of older ones, one in so many is
_YEAR: Final = 360
_NOTHING_CHOSEN: Final = "Select"
_EMPTY, _UNTOUCHED = 0.12, 0.22  # shares of forms, added up
# Weight of drawing it, and what it adds to the log-odds.
_SOURCES: Final = {
    "referral": (9, 1.3),
    "fair": (12, 0.35),
    "search": (30, 0.1),
    "partner": (9, 0.5),
    "ad": (25, -0.6),
    "bought list": (15, -1.4),
}
_ROLES: Final = {
    "owner": (12, 0.9),
    "manager": (30, 0.45),
    "staff": (38, 0.0),
    "student": (20, -1.6),
}
_AGES: Final = ("18-24", "25-34", "35-49", "50+")
_MESSAGES: Final = {"enquiry": (30, 0.7), "praise": (6, 0.4), "complaint": (6, -0.9)}
_SILENT: Final = 58
_TAGS: Final = (("called twice", "no budget"), ("contract sent", "called twice"))
_START: Final = -0.75


@attrs.frozen(eq=False)
class Leads(Shown):
    """Generated leads, and how likely each of them was to be won.

    Attributes:
        leads: One record a lead: ``lead_id``, ``created_at``, ``source``, ``role`` (``Select``
            where the form was left as it was), ``age_band``, ``employees``, ``visits``,
            ``minutes``, ``downloads``, ``last_seen_days``, ``language``, ``message``, ``amount``,
            ``do_not_contact``; then what is only known afterwards: ``tag`` and ``outcome``
            (``won``, ``lost``, ``None`` while open).
        chance: The true probability by ``lead_id``.

    >>> some = leads(20)
    >>> len(some.leads), len(some.chance)
    (20, 20)
    """

    leads: Records
    chance: Mapping[str, float]

    @property
    def closed(self) -> Records:
        """The leads whose outcome is known."""
        return [lead for lead in self.leads if lead["outcome"] is not None]

    @property
    def open(self) -> Records:
        """The leads still to be decided."""
        return [lead for lead in self.leads if lead["outcome"] is None]


def leads(rows: int = 3_000, *, seed: int = 7, zh_share: float = 0.6) -> Leads:
    """Generate the leads of a year, most of them closed.

    About three in ten are won. The source, the role, time on the site, downloads, the size of the
    company and the message tell something; the age does only because students are young; the
    ``tag`` is written after the outcome and gives it away. Roles and employees are missing here and
    there.

    Args:
        rows: Number of leads.
        seed: 0 or more; the same seed gives the same leads on every machine.
        zh_share: Share of Chinese leads, 0 to 1.

    Raises:
        ConfigError: If an option cannot be.

    >>> made = leads(100)
    >>> len(made.leads), len(made.closed) + len(made.open), made.leads[0]["lead_id"]
    (100, 100, 'L00001')
    """
    _check(rows, seed, zh_share)
    draws = Draws.of(seed, 0, "leads")
    known = _Known.of(draws, rows, zh_share)
    odds = known.log_odds()
    won = known.outcome(draws, odds)
    columns = {**known.columns(draws), **_afterwards(draws, won, known.closed)}
    ids = [str(name) for name in columns["lead_id"]]
    chance = 1.0 / (1.0 + exact.exp(-odds))
    return Leads(records(columns), dict(zip(ids, chance.round(6).tolist(), strict=True)))


def _check(rows: int, seed: int, zh_share: float) -> None:
    if rows < 1 or seed < 0:
        message = f"rows are 1 or more and a seed is 0 or more, got {rows} and {seed}"
        raise ConfigError(message, "rows/seed")
    if not 0 <= zh_share <= 1:
        message = f"a share lies between 0 and 1, got {zh_share}"
        raise ConfigError(message, "zh_share")


@attrs.frozen(eq=False)
class _Known:
    """What is known of each lead while it is open."""

    age: Ints
    closed: Bools
    source: Index
    role: Index
    band: Index
    employees: Ints
    visits: Ints
    minutes: Ints
    downloads: Ints
    seen: Ints
    message: Index
    chinese: Bools

    @classmethod
    def of(cls, draws: Draws, n: int, zh_share: float) -> "_Known":
        age = draws.below(n, _YEAR)
        interest = draws.exponential(n)
        role = draws.pick(n, _weights(_ROLES))
        young = draws.pick(n, (70, 25, 4, 1))
        grown = draws.pick(n, (8, 37, 38, 17))
        return cls(
            age=age,
            closed=np.asarray((age >= _OPEN_DAYS) & (draws.below(n, _SLOW) > 0)),
            source=draws.pick(n, _weights(_SOURCES)),
            role=role,
            band=np.where(role == len(_ROLES) - 1, young, grown),
            employees=exact.exp(3.2 + 1.4 * draws.normal(n)).astype(np.int64) + 1,
            visits=(interest * 3 * draws.exponential(n)).astype(np.int64),
            minutes=(interest * 9 * draws.gamma(n, 2)).astype(np.int64),
            downloads=(interest * 0.8 * draws.exponential(n)).astype(np.int64),
            seen=np.minimum((draws.exponential(n) * 20).astype(np.int64), age),
            message=draws.pick(n, (*_weights(_MESSAGES), _SILENT)),
            chinese=draws.chance(n, zh_share),
        )

    def log_odds(self) -> Floats:
        """What truly drives the outcome: gains wear off, a middling company buys most readily."""
        size = exact.log(self.employees.astype(np.float64))
        told = np.array([*_effects(_MESSAGES), -0.1])
        return np.asarray(
            _START
            + np.array(_effects(_SOURCES))[self.source]
            + np.array(_effects(_ROLES))[self.role]
            + told[self.message]
            + 0.55 * exact.log(1.0 + self.minutes / 4.0)
            + 0.25 * np.minimum(self.downloads, 4)
            - 0.22 * (size - 4.0) * (size - 4.0)
            - 0.025 * np.minimum(self.seen, 60)
        )

    def outcome(self, draws: Draws, odds: Floats) -> Bools:
        """Toss the coin of each lead, bit for bit the same on every machine."""
        luck = draws.uniform(len(odds))
        return np.asarray(exact.log(luck) - exact.log(1.0 - luck) < odds)

    def columns(self, draws: Draws) -> dict[str, list[object]]:
        """The leads as they are written down, with their gaps."""
        n = len(self.age)
        blank = draws.uniform(n)
        known: list[int] = self.role.tolist()
        unsaid: list[float] = blank.tolist()
        role = [_told(share, place) for share, place in zip(unsaid, known, strict=True)]
        without = draws.chance(n, 0.25).tolist()
        amount = exact.exp(8.5 + 0.8 * draws.normal(n)).astype(np.int64) // 100 * 100 + 100
        return {
            "lead_id": [f"L{i + 1:05d}" for i in range(n)],
            "created_at": [END - dt.timedelta(days) for days in self.age.tolist()],
            "source": _named(_SOURCES, self.source),
            "role": role,
            "age_band": _named(_AGES, self.band),
            "employees": _gaps(self.employees, without),
            "visits": self.visits.tolist(),
            "minutes": self.minutes.tolist(),
            "downloads": self.downloads.tolist(),
            "last_seen_days": self.seen.tolist(),
            "language": ["zh" if chinese else "en" for chinese in self.chinese.tolist()],
            "message": self._messages(draws),
            "amount": amount.tolist(),
            "do_not_contact": draws.chance(n, 0.03).tolist(),
        }

    def _messages(self, draws: Draws) -> list[object]:
        kinds: list[str | None] = [*_MESSAGES, None]
        pick: list[int] = draws.below(len(self.message), 1 << 20).tolist()
        message: list[int] = self.message.tolist()
        chinese: list[bool] = self.chinese.tolist()
        rows = zip(message, chinese, pick, strict=True)
        return [_sentence(kinds[m], "zh" if zh else "en", k) for m, zh, k in rows]


def _told(blank: float, place: int) -> object:
    """A role as the form holds it: some are empty, some were left as they came."""
    if blank < _EMPTY:
        return None
    return _NOTHING_CHOSEN if blank < _UNTOUCHED else [*_ROLES][place]


def _sentence(kind: str | None, language: str, pick: int) -> str | None:
    if kind is None:
        return None
    choices: Sequence[str] = SAID[language][kind]
    return choices[pick % len(choices)]


def _afterwards(draws: Draws, won: Bools, closed: Bools) -> dict[str, list[object]]:
    """What is written down once a lead is decided: useless for prediction, and telling."""
    which = draws.chance(len(won), 0.85).tolist()
    rows = list(zip(won.tolist(), closed.tolist(), which, strict=True))
    tag: list[object] = [_TAGS[w][not first] if done else None for w, done, first in rows]
    outcome: list[object] = [("won" if w else "lost") if done else None for w, done, _ in rows]
    return {"tag": tag, "outcome": outcome}


def _gaps(numbers: Ints, gap: Sequence[bool]) -> list[object]:
    return [None if gone else n for n, gone in zip(numbers.tolist(), gap, strict=True)]


def _weights(table: Mapping[str, tuple[int, float]]) -> list[int]:
    return [weight for weight, _ in table.values()]


def _effects(table: Mapping[str, tuple[int, float]]) -> list[float]:
    return [effect for _, effect in table.values()]


def _named(names: Any, at: Index) -> list[object]:  # noqa: ANN401 - a table or a row of names
    known = list(names)
    return [known[i] for i in at.tolist()]
