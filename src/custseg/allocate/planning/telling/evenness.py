"""How evenly is work shared out? Gini, Jain, the lightest and the heaviest load."""

from collections.abc import Iterable, Sequence

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError, DataError
from custseg.labels import filled, label
from custseg.showing import Shown


@attrs.frozen
class Fairness(Shown):
    """How evenly loads lie on those who carry them.

    Attributes:
        reps: How many carry something or could.
        gini: 0 where all carry the same, towards 1 where one carries all; ``None`` where nobody
            carries anything.
        jain: 1 where all carry the same, 1 / reps where one carries all; ``None`` likewise.
        least: The lightest load.
        most: The heaviest load.

    >>> fairness([10, 10, 40]).gini
    0.333333
    """

    reps: int
    gini: float | None
    jain: float | None
    least: float | None
    most: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Plain data for JSON."""
        return attrs.asdict(self)

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return filled(
            label("allocate.fairness", locale),
            reps=self.reps,
            gini=_shown(self.gini),
            jain=_shown(self.jain),
            least=_shown(self.least),
            most=_shown(self.most),
        )


def fairness(loads: Iterable[float], shares: Sequence[float] | None = None) -> Fairness:
    """Say how evenly loads are shared out.

    Args:
        loads: What each representative carries: customers, revenue, hours; 0 or more.
        shares: What each is meant to carry, such as the capacity: loads are divided by it, and who
            is meant to carry nothing is left out. None: all the same.

    Raises:
        ConfigError: There are more or fewer shares than loads.
        DataError: A load or a share is missing, negative or infinite.

    Source:
        Gini: "Variabilita e mutabilita" (1912), by the mean difference of sorted values.
        Jain, Chiu, Hawe: "A Quantitative Measure of Fairness and Discrimination", DEC-TR-301
        (1984).

    >>> print(fairness([30, 60], shares=[50, 100]).text())
    2 representatives: Gini 0, Jain 1, from 0.6 to 0.6
    """
    carried = _checked(loads, "loads")
    if shares is not None:
        meant = _checked(shares, "shares")
        if meant.size != carried.size:
            msg = f"got {meant.size} shares for {carried.size} loads; give one each"
            raise ConfigError(msg, "shares")
        carried = carried[meant > 0] / meant[meant > 0]
    return _measured(np.sort(carried))


def _measured(ordered: Floats) -> Fairness:
    """Of loads in ascending order, so that sums do not depend on who came first."""
    size = ordered.size
    if not size or not ordered[-1]:
        nothing = 0.0 if size else None
        return Fairness(size, None, None, nothing, nothing)
    part = ordered / float(ordered[-1])
    places = 2 * np.arange(1, size + 1) - size - 1
    gini = float(places @ part) / (size * float(part.sum()))
    jain = float(part.sum()) ** 2 / (size * float(part @ part))
    least, most = float(ordered[0]), float(ordered[-1])
    return Fairness(size, round(abs(gini), 6), round(jain, 6), least, most)


def _checked(given: Iterable[float], name: str) -> Floats:
    found = np.array(list(given), dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(found) | (found < 0))
    if wrong.size:
        msg = f"{name} must be finite and 0 or more; number {int(wrong[0])} is not"
        raise DataError(msg)
    return found


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.4g}"
