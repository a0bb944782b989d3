"""Cut points that do not change from one period to the next without being asked to."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, floats
from custseg.errors import ConfigError, DataError
from custseg.labels import table
from custseg.measures import psi
from custseg.reasons import Reason
from custseg.showing import Shown
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.fitting import fitted


@attrs.frozen
class CutsUpdate(Shown):
    """Cut points for the next period, and what was done to those of this one.

    Attributes:
        cuts: The cut points to use from now on; new ones know the customers they were learnt from.
        before: Those of this period.
        implied: Those that the data implies now; ``None`` where it was not asked.
        psi: How far the classes have shifted; ``None`` where it was not measured.
        counts: Customers in each class of the new cut points, lowest first: what the next shift
            is measured from.
        reason: What was done, and why.

    >>> print(frozen_cuts(Cuts((100.0,)), [{"revenue": 40}]).text())
    the cut points are kept as they are
      to 100
    """

    cuts: Cuts
    before: Cuts
    implied: Cuts | None
    psi: float | None
    counts: tuple[int, ...]
    reason: Reason

    @property
    def changed(self) -> bool:
        """Whether there are new cut points."""
        return self.cuts != self.before

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "changed": self.changed,
            "points": list(self.cuts.points),
            "before": list(self.before.points),
            "implied": None if self.implied is None else list(self.implied.points),
            "psi": self.psi,
            "counts": list(self.counts),
            "reason": self.reason.as_dict(),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return "\n".join((self.reason.text(locale), *(f"  {line}" for line in self._lines(locale))))

    def _lines(self, locale: str) -> list[str]:
        said = [("cuts.from", self.before)] if self.changed else []
        found = self.implied
        implied = [] if found is None or found == self.cuts else [("cuts.implied", found)]
        words = table(locale)
        every = [*said, ("cuts.to", self.cuts), *implied]
        return [words[code].format(points=_told(cuts)) for code, cuts in every]


def frozen_cuts(cuts: Cuts, data: object, *, value: str = "revenue") -> CutsUpdate:
    """Keep the cut points, and count who is in which class now.

    Args:
        cuts: The cut points of this period.
        data: One row a customer.
        value: The column that is cut.

    >>> frozen_cuts(Cuts((100.0,)), [{"revenue": 40}, {"revenue": 400}]).counts
    (1, 1)
    """
    _check(cuts)
    return _update(cuts, cuts, _values(data, value), Reason("cuts_frozen"))


def smoothed_cuts(
    cuts: Cuts, cutter: Cutter, data: object, *, value: str = "revenue", weight: float = 0.3
) -> CutsUpdate:
    """Go part of the way to the cut points that the data implies now (an EWMA of cut points).

    Args:
        cuts: The cut points of this period.
        cutter: How they are chosen.
        data: One row a customer, as it is now.
        value: The column that is cut.
        weight: Part of the way: new = (1 - weight) old + weight implied.

    Raises:
        ConfigError: The weight is not above 0 and at most 1.
        DataError: The data implies another number of classes.
        NotEnoughDataError: No value is known.

    Source: Roberts 1959, "Control Chart Tests Based on Geometric Moving Averages",
    Technometrics 1(3), on cut points instead of means.

    >>> from custseg.tiering import Quantiles
    >>> people = [{"revenue": x} for x in range(0, 301, 10)]
    >>> smoothed_cuts(Cuts((100.0,)), Quantiles((0.5,)), people, weight=0.5).cuts.points
    (125.0,)
    """
    _check(cuts)
    if not 0 < weight <= 1:
        msg = f"must be above 0 and at most 1, got {weight}"
        raise ConfigError(msg, "weight")
    implied = _implied(cuts, cutter, data, value)
    pairs = zip(cuts.points, implied.points, strict=True)
    points = tuple((1.0 - weight) * old + weight * new for old, new in pairs)
    values = _values(data, value)
    day = None if implied.learnt is None else implied.learnt.as_of
    made = attrs.evolve(cuts, points=points).counted(values, as_of=day)
    reason = Reason("cuts_smoothed", {"weight": weight})
    return attrs.evolve(_update(cuts, made, values, reason), implied=implied)


def refitted_cuts(
    cuts: Cuts,
    cutter: Cutter,
    data: object,
    *,
    value: str = "revenue",
    since: "Since | None" = None,
) -> CutsUpdate:
    """Choose the cut points anew once the classes have shifted too far, and not before.

    Args:
        cuts: The cut points of this period.
        cutter: How they are chosen.
        data: One row a customer, as it is now.
        value: The column that is cut.
        since: How customers were spread over the classes when the cut points were chosen, and the
            limit; without it what the cut points were learnt from, and 0.25.

    Raises:
        ConfigError: It is not known what the cut points were learnt from.
        DataError: There are not as many counts as classes, or the data implies another number of
            classes.

    Source: ``custseg.measures.psi``; 0.25 is the customary limit for a shift that matters.

    >>> from custseg.tiering import Quantiles
    >>> people = [{"revenue": x} for x in range(0, 301, 10)]
    >>> update = refitted_cuts(
    ...     Cuts((100.0,)), Quantiles((0.5,)), people, since=Since((500, 500), limit=0.1)
    ... )
    >>> update.cuts.points, round(update.psi, 3)
    ((150.0,), 0.132)
    """
    _check(cuts)
    values, since = _values(data, value), since or _learnt(cuts)
    index = psi(since.counts, _counts(cuts, values)).index
    said = {"psi": index, "limit": since.limit}
    if np.isnan(index):
        return _update(cuts, cuts, values, Reason("cuts_unknown"))
    if index < since.limit:
        return attrs.evolve(_update(cuts, cuts, values, Reason("cuts_stable", said)), psi=index)
    implied = _implied(cuts, cutter, data, value)
    made = _update(cuts, implied, values, Reason("cuts_refitted", said))
    return attrs.evolve(made, psi=index, implied=implied)


@attrs.frozen
class Since:
    """From when a shift is measured.

    Attributes:
        counts: Customers in each class, lowest first, when the cut points were chosen:
            ``CutsUpdate.counts`` of then.
        limit: The population stability index from which on they are chosen anew.

    Raises:
        ConfigError: The limit is not above 0.

    >>> Since((800, 150, 50)).limit
    0.25
    """

    counts: tuple[float, ...] = attrs.field(converter=floats)
    limit: float = 0.25

    def __attrs_post_init__(self) -> None:
        """Check the limit."""
        if not self.limit > 0:
            msg = f"must be above 0, got {self.limit}"
            raise ConfigError(msg, "limit")


def _learnt(cuts: Cuts) -> Since:
    counts = () if cuts.learnt is None else cuts.learnt.counts
    if not counts:
        msg = "these cut points do not say what they were learnt from; give since=Since(counts)"
        raise ConfigError(msg, "since")
    return Since(counts)


def _check(cuts: object) -> None:
    if not isinstance(cuts, Cuts):
        msg = f"needs Cuts, got {type(cuts).__name__}; of cut points by group ask group by group"
        raise ConfigError(msg, "cuts")


def _values(data: object, value: str) -> Floats:
    column: Any = frames.table(data).select([value]).read({value: "number"})[value]
    return np.asarray(column, dtype=np.float64)


def _counts(cuts: Cuts, values: Floats) -> Sequence[float]:
    codes = cuts.codes(values)
    return [float(np.count_nonzero(codes == place)) for place in range(cuts.classes)]


def _implied(cuts: Cuts, cutter: Cutter, data: object, value: str) -> Cuts:
    found = fitted(cutter, data, value=value)
    if not isinstance(found, Cuts) or found.classes != cuts.classes:
        msg = f"the data implies {found.classes} classes where there were {cuts.classes}"
        raise DataError(msg, value)
    return attrs.evolve(cuts, points=found.points, closed=found.closed, learnt=found.learnt)


def _update(before: Cuts, cuts: Cuts, values: Floats, reason: Reason) -> CutsUpdate:
    counts = tuple(int(count) for count in _counts(cuts, values))
    return CutsUpdate(cuts, before, None, None, counts, reason)


def _told(cuts: Cuts) -> str:
    return ", ".join(f"{point:,.10g}" for point in cuts.points)
