"""Why a customer has these scores."""

from collections.abc import Iterator

from custseg._typing import Record
from custseg.frames.scalar import missing, number
from custseg.reasons import Reason
from custseg.tiering.bands import because
from custseg.tiering.cuts import Cuts
from custseg.tiering.rfm.scale import MeasureScale


def reasons(scales: tuple[MeasureScale, ...], decided: Record) -> Iterator[Reason]:
    """The score of each measure, and the cut points around it.

    Args:
        scales: The scales.
        decided: A customer, with its scores.
    """
    cell: tuple[int, ...] = ()
    if _never(scales, decided):
        yield Reason("rfm_no_purchase")
        return
    for i, scale in enumerate(scales):
        score, column = decided[scale.measure.score], scale.measure.column
        if scale.within and len(cell) < i:
            return  # its classes are inside those of a measure that is not known
        if score is None:
            values = {column: decided[column]}
            code = "no_value" if missing(decided[column]) else "rfm_no_recency"
            yield Reason(code, {"value": column}, values)
            continue
        whole = int(float(str(score)))
        settings = {"measure": scale.measure.score, "score": whole, "bins": scale.bins}
        yield Reason("rfm_scored", settings)
        cuts = scale.cuts_in(cell[:i], scales[:i]).at(decided)
        yield because(_place(whole, scale, cuts), cuts, column, decided)
        cell = (*cell, _class(whole, scale))


def _never(scales: tuple[MeasureScale, ...], decided: Record) -> bool:
    """Whether nothing was ever bought: no last purchase, and no purchases that are known."""
    columns = {scale.measure.name: scale.measure.column for scale in scales}
    if "recency" not in columns or not missing(decided[columns["recency"]]):
        return False
    bought = number(decided[columns["frequency"]]) if "frequency" in columns else 0.0
    return not bought > 0


def _class(score: int, scale: MeasureScale) -> int:
    return scale.bins - score if scale.measure.lower_is_better else score - 1


def _place(score: int, scale: MeasureScale, cuts: Cuts) -> str:
    place = _class(score, scale)
    if not cuts.points:
        return "one_tier"
    if place == len(cuts.points):
        return "value_above"
    return "value_between" if place else "value_below"
