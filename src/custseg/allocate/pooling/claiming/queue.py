"""Many claims at once: by time, then by a hash of ids, never by the order of the rows."""

import re
from typing import Any, Generic, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Codes, Days, Floats, Index
from custseg.allocate.pooling.claiming.claim import Claim
from custseg.allocate.pooling.claiming.desk import PoolDesk
from custseg.allocate.pooling.terms.daycount import as_date
from custseg.allocate.pooling.terms.events import AT, EVENT, FROM, TO, WHY
from custseg.allocate.pooling.terms.naming import POOL
from custseg.frames import EPOCH, Attachable, Table, Tabled, row_hashes
from custseg.labels import heading, label, title
from custseg.layout import html_table
from custseg.reasons import Reason

T = TypeVar("T")
_REP = "rep_id"
_PART = re.compile(r":\d\d[.,](\d+)")


@attrs.frozen(eq=False, repr=False)
class Claims(Tabled, Generic[T]):
    """What became of many claims.

    Attributes:
        table: The claims, as the kind they came, with ``granted``, ``claim_reason`` and
            ``possible_on``.
        verdicts: The verdict on each row.
        given: The claims as they came.
        desk: The desk afterwards.

    >>> from custseg.allocate import Pool
    >>> sea = Pool(claims_a_day=1)
    >>> people = [{"customer_id": n, "owner": None, "won": 0} for n in (1, 2)]
    >>> asked = [
    ...     {"customer_id": 1, "rep_id": "A", "at": "2026-07-02 09:00:01"},
    ...     {"customer_id": 1, "rep_id": "B", "at": "2026-07-02 09:00:00"},
    ...     {"customer_id": 2, "rep_id": "B", "at": "2026-07-02 09:00:02"},
    ... ]
    >>> team = [{"rep_id": "A"}, {"rep_id": "B"}]
    >>> done = sea.claim_all(asked, [], customers=people, reps=team, at="2026-07-02")
    >>> [row["claim_reason"] for row in done.table]
    ['has_owner', 'granted', 'claims_used']
    """

    table: T
    verdicts: tuple[Claim, ...]
    given: Table[Any]
    desk: PoolDesk

    def __repr__(self) -> str:
        """The first line."""
        return f"<Claims: {self.text().splitlines()[0]}>"

    @property
    def counts(self) -> dict[str, int]:
        """First reason, or ``granted`` -> how many."""
        out: dict[str, int] = {}
        for one in self.verdicts:
            out[one.code] = out.get(one.code, 0) + 1
        return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))

    @property
    def events(self) -> T:
        """Rows for the owner history."""
        made = [one.event for one in self.verdicts if one.event is not None]
        names = (self.desk.reach.names.customer_id, AT, EVENT, FROM, TO, POOL, WHY)
        return cast("T", self.given.build({name: [row[name] for row in made] for name in names}))

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "counts": self.counts,
            "verdicts": [one.as_dict() for one in self.verdicts],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        counts = self.counts
        told = {"granted": counts.get("granted", 0), "asked": len(self.verdicts)}
        lines = [label("claims.summary", locale).format(**told)]
        others = [(code, n) for code, n in counts.items() if code != "granted"]
        lines += [f"  - {heading(code, locale)}: {n}" for code, n in others]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(heading(code, locale), n) for code, n in self.counts.items()]
        return html_table((title("claim_reason", locale), title("customers", locale)), rows)


def decided(desk: PoolDesk, given: Table[Any], tz: str) -> Claims[Any]:
    """Decide claims one after the other.

    Args:
        desk: The desk on the day of the claims.
        given: One row a claim: customer, ``rep_id`` and the moment ``at``.
        tz: The zone of moments that name one.

    Raises:
        MissingColumnError: A column is missing.
    """
    name = desk.reach.names.customer_id
    given.require((name, _REP, AT))
    moments = given.moments(AT, tz)
    known = moments.known & ~moments.unreadable
    late = known & (moments.day != int(desk.reach.as_of))
    order = np.lexsort((row_hashes(given, (name, _REP)), _fractions(given), moments.second))
    customers, reps = given.keys(name), given.keys(_REP)
    whom, who = _ids(customers.at, customers.ids()), _ids(reps.at, reps.ids())
    held = attrs.evolve(desk, books=desk.books.copy())
    verdicts: list[Claim | None] = [None] * len(whom)
    for row in order.tolist():
        if not known[row] or late[row]:
            code = "another_day" if known[row] else "no_time"
            verdicts[row] = _refused(desk, whom[row], who[row], code)
            continue
        verdict = held.claim(whom[row], who[row])
        if verdict.granted:
            held.enter(verdict, held.books)
        verdicts[row] = verdict
    return _told(given, tuple(one for one in verdicts if one is not None), held)


def _fractions(given: Table[Any]) -> Floats:
    """The part of a second of each moment: many claim within the second in which a pool opens."""
    keys = given.keys(AT)
    parts = [_fraction(one) for one in keys.ids()]
    return np.array([*parts, 0.0])[keys.at]


def _fraction(moment: object) -> float:
    if isinstance(moment, str):
        found = _PART.search(moment)
        return float(f"0.{found[1]}") if found else 0.0
    nanoseconds = 1_000 * getattr(moment, "microsecond", 0) + getattr(moment, "nanosecond", 0)
    return float(nanoseconds) / 1e9


def _refused(desk: PoolDesk, customer: object, rep: object, code: str) -> Claim:
    day = as_date(desk.reach.as_of)
    return Claim("claim", customer, rep, rep, day, None, granted=False, reasons=(Reason(code),))


def _told(given: Table[Any], verdicts: tuple[Claim, ...], desk: PoolDesk) -> Claims[Any]:
    codes = [one.code for one in verdicts]
    words = tuple(sorted(set(codes)))
    place = {word: at for at, word in enumerate(words)}
    days = [
        np.nan if one.possible_on is None else one.possible_on.toordinal() - EPOCH
        for one in verdicts
    ]
    found: dict[str, Attachable] = {
        "granted": np.array([one.granted for one in verdicts], dtype=np.bool_),
        "claim_reason": Codes(np.array([place[c] for c in codes], dtype=np.intp), words),
        "possible_on": Days(np.array(days, dtype=np.float64)),
    }
    return Claims(given.attach(found), verdicts, given, desk)


def _ids(at: Index, known: list[object]) -> list[object]:
    some = [*known, None]
    return [some[place] for place in at.tolist()]
