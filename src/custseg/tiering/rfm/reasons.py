"""Why a customer has these scores."""

from collections.abc import Iterator

from custseg._typing import Record
from custseg.frames.scalar import missing
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
    for i, scale in enumerate(scales):
        score, column = decided[scale.measure.score], scale.measure.column
        if scale.within and len(cell) < i:
            return  # its classes are inside those of a measure that is not known
        if score is None:
            unknown = missing(decided[column])
            values = {column: decided[column]}
            said = Reason("no_value", {"value": column}, values)
            yield said if unknown else Reason("rfm_no_purchase", {"value": column}, values)
            continue
        whole = int(float(str(score)))
        settings = {"measure": scale.measure.score, "score": whole, "bins": scale.bins}
        yield Reason("rfm_scored", settings)
        cuts = scale.cuts_in(cell[:i], scales[:i]).at(decided)
        yield because(_place(whole, scale, cuts), cuts, column, decided)
        cell = (*cell, _class(whole, scale))


def _class(score: int, scale: MeasureScale) -> int:
    return scale.bins - score if scale.measure.lower_is_better else score - 1


def _place(score: int, scale: MeasureScale, cuts: Cuts) -> str:
    place = _class(score, scale)
    if not cuts.points:
        return "one_tier"
    if place == len(cuts.points):
        return "value_above"
    return "value_between" if place else "value_below"
