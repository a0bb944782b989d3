"""Does a factor know the outcome before it has come?"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Ints
from custseg.frames import Table
from custseg.measures import psi
from custseg.reasons import Reason
from custseg.scoring.auditing.classes import Classes, Values, area_of_classes, crossed
from custseg.scoring.auditing.findings import Finding, Severity
from custseg.scoring.auditing.subject import Seen
from custseg.scoring.auditing.telling import FEW

AUC_ALARM: Final = 0.9
IV_WATCH: Final = 0.5
IV_ALARM: Final = 1.0
"""Where a single factor tells more than single factors do.

Source: Siddiqi 2006, "Credit Risk Scorecards": an information value above 0.5 is suspicious.
"""

_LATE: Final = 0.01


@attrs.frozen(eq=False)
class Single:
    """What one factor alone tells of the outcome.

    Attributes:
        name: The factor.
        auc: Area under the ROC curve of its column, at least 0.5: of numbers the larger of up and
            down; of words those with the higher share first.
        iv: Information value of its classes, missing among them.
        chance: Information value that chance alone would give them.
        known_cases: Share of cases of which it is known.
        known_others: Share of the others.
        presence_iv: Information value of whether it is known at all.
        rows: Rows of which it is known.
        late: Share of its values that were filled in after the outcome; NaN without dates.
    """

    name: str
    auc: float
    iv: float
    chance: float
    known_cases: float
    known_others: float
    presence_iv: float
    rows: int
    late: float = np.nan

    @property
    def told(self) -> float:
        """Information value beyond that of chance."""
        return self.iv - self.chance


def single(seen: Seen, won: Bools, known: Bools, late: float = np.nan) -> Single:
    """Measure one factor.

    Args:
        seen: The factor.
        won: Whether it happened to a row.
        known: Whether that is known.
        late: Share of values that were filled in after the outcome.
    """
    some, at = won[known], seen.at[known]
    counts = crossed(at, seen.classes.size, some.astype(np.int8), 2)
    there, lacking = counts[:-1].sum(axis=0)[::-1], counts[-1, ::-1]
    sides = there + lacking
    return Single(
        seen.name,
        _auc(seen.values, won & known, known & ~won),
        _iv(counts[:, 1], counts[:, 0]),
        _chance(counts),
        float(there[0] / sides[0]),
        float(there[1] / sides[1]),
        _iv(np.array([there[0], lacking[0]]), np.array([there[1], lacking[1]])),
        int(there.sum()),
        late,
    )


def _iv(cases: Ints, others: Ints) -> float:
    return psi(others, cases).index


def _chance(counts: Ints) -> float:
    """What the index is on average where nothing differs: Yurdakul 2018, see ``measures.psi``."""
    sides = counts.sum(axis=0)
    return float((np.count_nonzero(counts.any(axis=1)) - 1) * (1 / np.maximum(sides, 1)).sum())


def _auc(values: Values, cases: Bools, others: Bools) -> float:
    held = values.held
    if isinstance(held, Codes):
        return _auc_of_words(held, cases, others)
    a, b = (part[~np.isnan(part)] for part in (held[cases], held[others]))
    if not len(a) or not len(b):
        return np.nan
    b.sort()
    a.sort()  # sorted questions are answered several times as fast
    twice = int(np.searchsorted(b, a).sum()) + int(np.searchsorted(b, a, side="right").sum())
    found = twice / (2 * len(a) * len(b))
    return max(found, 1 - found)


def _auc_of_words(codes: Codes, won: Bools, lost: Bools) -> float:
    """Words with the higher share of cases first; rare words together, as if they were one."""
    values = Values("", codes)
    classes = Classes.of_words(codes)
    at, known = classes.at(values), won | lost
    counts = crossed(at[known], classes.size, won[known].astype(np.int8), 2)[:-1]
    return area_of_classes(counts[:, 1], counts[:, 0])


def after(table: Table[Any], filled: str, decided: Floats) -> float:
    """The share of values that were filled in after a day.

    Args:
        table: The rows.
        filled: The column of days on which they were filled in.
        decided: The day of each row after which nothing may count.
    """
    days = np.asarray(table.read({filled: "day"})[filled], dtype=np.float64)
    both = ~np.isnan(days) & ~np.isnan(decided)
    count = int(np.count_nonzero(both))
    return int(np.count_nonzero(days[both] > decided[both])) / count if count else np.nan


def leaking(found: Sequence[Single], rows: int, cases: int) -> Iterator[Finding]:
    """Factors that tell too much."""
    sides = (cases, rows - cases)
    enough = min(sides) >= FEW
    leaks = [_leak(one, min(sides), enough=enough) for one in found]
    strong = [one for one in found if enough and one.told > IV_WATCH]
    rather = [one for one, leak in zip(found, leaks, strict=True) if leak is None and one in strong]
    yield from (leak for leak in leaks if leak is not None)
    if rather:
        yield _rather(rather)
    elif found and not any(leaks):
        code = "audit.no_leak" if enough else "audit.leak_unknown"
        said = {"factors": len(found), "least": FEW}
        yield Finding("fine" if enough else "unknown", "leaks", Reason(code, said))


def _rather(found: Sequence[Single]) -> Finding:
    """Factors that tell much, though not too much: strong ones, or leaks; in one line."""
    largest = sorted(found, key=lambda one: (-one.iv, one.name))
    names = ", ".join(f"{one.name} ({one.iv:.2f})" for one in largest)
    said = {"factors": len(found), "names": names, "limit": IV_WATCH}
    return Finding("watch", "leaks", Reason("audit.leak_rather", said))


def _leak(one: Single, fewest: int, *, enough: bool) -> Finding | None:
    found: tuple[Severity, str] | None = None
    if one.late > _LATE:
        found = "alarm", "audit.leak_late"
    elif enough:
        found = _too_much(one, fewest)
    if found is None:
        return None
    said = {
        "factor": one.name,
        "auc": one.auc,
        "iv": one.iv,
        "known_cases": one.known_cases,
        "known_others": one.known_others,
        "share": one.late,
    }
    return Finding(found[0], "leaks", Reason(found[1], said), one.name)


def _too_much(one: Single, fewest: int) -> tuple[Severity, str] | None:
    least, most = sorted((one.known_cases, one.known_others))
    if least == 0 and most * fewest >= FEW:
        return "alarm", "audit.leak_one_side"
    if one.presence_iv > IV_ALARM:
        return "alarm", "audit.leak_presence"
    if one.auc > AUC_ALARM or one.told > IV_ALARM:
        return "alarm", "audit.leak_strong"
    return ("watch", "audit.leak_presence") if one.presence_iv > IV_WATCH else None
