"""May the probabilities be believed, and would another scale be better?"""

from collections.abc import Callable, Iterator, Mapping
from math import isnan
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import NotEnoughDataError
from custseg.measures import (
    Calibration,
    CalibrationLine,
    CrossFit,
    Estimate,
    Tally,
    calibration,
    calibration_line,
    crossfit,
    logistic_map,
    monotone_map,
)
from custseg.measures.folds import Learn
from custseg.measures.logistic import log_odds
from custseg.reasons import Reason
from custseg.scoring.auditing.counting import Counted
from custseg.scoring.auditing.findings import Finding, Severity
from custseg.scoring.auditing.telling import FEW

Scale: TypeAlias = Literal["as_is", "platt", "isotonic", "alike"]

_OFF: Final = 0.05
_SLIGHT: Final = 0.02
_WORTH: Final = 0.01
_EDGE: Final = 1e-6
_NOTHING: Final = 1e-9  # a gain that is rounding, or the row by which shares are held


@attrs.frozen(eq=False)
class Trial:
    """A scale of probabilities, measured on rows that it was not learned from.

    Attributes:
        scale: ``as_is``, ``platt``, ``isotonic``, or ``alike``: the share of all for everybody.
        brier: Mean squared distance of what was said from what came.
        error: Expected calibration error.
        gain: By how much the Brier score is lower than that of the probabilities as they are; or,
            where there are none, than that of the share of all.
    """

    scale: Scale
    brier: float
    error: float
    gain: Estimate


@attrs.frozen(eq=False)
class Chances:
    """What the probabilities are worth.

    Attributes:
        given: Whether the card says probabilities itself; otherwise the table is of those that
            the best scale would say of rows that it has not seen.
        table: What was said and what came, by bins; ``None`` where there are too few rows.
        brier: Brier score; NaN without probabilities.
        skill: What it takes off the Brier score of saying the share of all to everybody.
        line: By how much they are too high, and whether too sure; ``None`` without probabilities.
        said: Mean probability; NaN without.
        came: Share of cases.
        trials: Scales that were tried; none where there are too few rows.
        best: The best scale: ``as_is`` where none is surely better; ``None`` where it is unknown.
    """

    given: bool
    table: Calibration | None
    brier: float
    skill: float
    line: CalibrationLine | None
    said: float
    came: float
    trials: tuple[Trial, ...]
    best: Scale | None

    def trial(self, scale: Scale) -> Trial | None:
        """What was measured of a scale."""
        return next((one for one in self.trials if one.scale == scale), None)


def chances(counts: Counted, level: float, *, logits: bool) -> Chances:
    """Compare probabilities with what came, and with other scales.

    Args:
        counts: Scores and probabilities, and what came.
        level: Level of the intervals.
        logits: Whether the scores are the probabilities themselves.
    """
    total, said = counts.total, counts.chance
    if counts.said is None or said is None:
        return _offered(total, level)
    learn = {"as_is": _as_is(total.score, counts.said), **ways(logits=logits)}
    fit = _tried(total, learn)
    return Chances(
        given=True,
        table=calibration(said, level=level),
        brier=said.brier,
        skill=said.brier_skill,
        line=calibration_line(said, level=level),
        said=float((said.size * said.score).sum() / said.rows) if said.rows else np.nan,
        came=said.rate,
        trials=() if fit is None else tuple(_trials(fit, "as_is", level)),
        best=None if fit is None else _best(fit, "as_is", level),
    )


def ways(*, logits: bool = False) -> dict[str, Learn]:
    """The scales that are tried: from scores and what came to a map of scores.

    Args:
        logits: Whether the scores are probabilities, of which a line is one of log-odds.
    """
    changed: Callable[[Floats], Floats] = _logit if logits else np.asarray

    def platt(seen: Tally) -> Callable[[Floats], Floats]:
        line = logistic_map(seen.mapped(changed(seen.score)))
        return lambda score: line.of(changed(score))

    return {"platt": platt, "isotonic": lambda seen: monotone_map(seen).of}


def best_scale(total: Tally, level: float = 0.95) -> Scale | None:
    """The better of the scales that scores could have; ``None`` where there are too few rows."""
    return _offer(total, level)[1]


def _offer(total: Tally, level: float) -> tuple[CrossFit | None, Scale | None]:
    """Scales that a score without probabilities could have, and the best of them."""
    fit = _tried(total, {"alike": _alike, **ways()})
    return fit, None if fit is None else _best(fit, "alike", level)


def _offered(total: Tally, level: float) -> Chances:
    """The probabilities that a score without any could have."""
    fit, best = _offer(total, level)
    held = None if fit is None or best is None else fit.tally(best)
    return Chances(
        given=False,
        table=None if held is None else calibration(held, level=level),
        brier=np.nan,
        skill=np.nan,
        line=None,
        said=np.nan,
        came=total.rate,
        trials=() if fit is None else tuple(_trials(fit, "alike", level)),
        best=best,
    )


def _alike(seen: Tally) -> Callable[[Floats], Floats]:
    return lambda score: np.full(len(score), seen.rate)


def _as_is(score: Floats, said: Floats) -> Learn:
    return lambda _: lambda given: said[np.searchsorted(score, given)]


def _logit(said: Floats) -> Floats:
    return log_odds(said, _EDGE)


def _tried(total: Tally, learn: Mapping[str, Learn]) -> CrossFit | None:
    try:
        return crossfit(total, learn)
    except NotEnoughDataError:
        return None


def _trials(fit: CrossFit, base: str, level: float) -> Iterator[Trial]:
    scales: tuple[Scale, ...] = ("as_is", "alike", "platt", "isotonic")
    for scale in scales:
        if scale in fit.said:
            held = fit.tally(scale)
            error = calibration(held).error
            yield Trial(scale, held.brier, error, fit.gain(scale, base, level))


def _best(fit: CrossFit, base: Scale, level: float) -> Scale:
    """The base, unless another is surely better; of two, the line unless the other surely is."""
    sure = fit.gain("isotonic", "platt", level).low > _NOTHING
    order: tuple[Scale, ...] = ("isotonic", "platt") if sure else ("platt", "isotonic")
    for one in order:
        if fit.gain(one, base, level).low > _NOTHING:
            return one
    return base


def believed(found: Chances, level: float) -> Iterator[Finding]:
    """What that means."""
    if not found.given:
        yield from _said_of_offer(found)
        return
    table = found.table
    if table is not None:
        yield _right(found, table, level)
    if found.line is not None and not found.line.slope.holds(1.0):
        slope = found.line.slope
        code = "audit.too_sure" if slope.value < 1 else "audit.too_shy"
        said = {"slope": slope.value, "low": slope.low, "high": slope.high}
        off = abs(1 - slope.value) > 2 * _OFF
        yield Finding("watch" if off else "fine", "chances", Reason(code, said))
    yield _advised(found)


def _right(found: Chances, table: Calibration, level: float) -> Finding:
    """Whether what was said came, beyond what chance alone would miss."""
    said = {
        "error": table.error,
        "chance": table.chance,
        "said": found.said,
        "came": found.came,
        "brier": found.brier,
        "skill": found.skill,
    }
    if _few(found):
        return Finding("unknown", "chances", Reason("audit.chances_few", said))
    if isnan(table.p_value) or table.p_value >= 1 - level:
        vague = table.chance > _OFF
        code = "audit.chances_vague" if vague else "audit.chances_right"
        return Finding("unknown" if vague else "fine", "chances", Reason(code, said))
    beyond = table.error - table.chance
    if beyond < _SLIGHT:
        return Finding("fine", "chances", Reason("audit.chances_near", said))
    severity: Severity = "alarm" if beyond >= _OFF else "watch"
    return Finding(severity, "chances", Reason("audit.chances_off", said))


def _few(found: Chances) -> bool:
    """Whether there are too few rows of an outcome to claim anything."""
    if found.table is None:
        return True
    cases = int(found.table.cases.sum())
    return min(cases, int(found.table.count.sum()) - cases) < FEW


def _advised(found: Chances) -> Finding:
    """Which scale to take."""
    base, best = found.trial("as_is"), None if found.best is None else found.trial(found.best)
    if base is None or best is None:
        return Finding("unknown", "chances", Reason("audit.scale_unknown"))
    said = {
        "scale": f"scale.{best.scale}",
        "brier": best.brier,
        "error": best.error,
        "brier_now": base.brier,
        "error_now": base.error,
    }
    if best.scale == "as_is":
        return Finding("fine", "chances", Reason("audit.scale_none", said))
    if base.brier - best.brier < _WORTH * base.brier and base.error - best.error < _SLIGHT:
        return Finding("fine", "chances", Reason("audit.scale_slight", said))
    return Finding("watch", "chances", Reason("audit.scale_better", said))


def _said_of_offer(found: Chances) -> Iterator[Finding]:
    best, base = None if found.best is None else found.trial(found.best), found.trial("alike")
    if best is None or base is None or (best is base and _few(found)):
        yield Finding("unknown", "chances", Reason("audit.offer_unknown"))
    elif best.scale == "alike":
        yield Finding("watch", "chances", Reason("audit.offer_useless"))
    else:
        said = {
            "scale": f"scale.{best.scale}",
            "brier": best.brier,
            "error": best.error,
            "alike": base.brier,
        }
        yield Finding("watch", "chances", Reason("audit.offer", said))
