"""What it means how a score treats groups of people."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Final

from custseg.measures import Estimate
from custseg.reasons import Reason
from custseg.scoring.auditing.findings import Finding, Severity
from custseg.scoring.auditing.treatment import FOUR_FIFTHS, SMALL, Fairness, GroupRow

_APART: Final = 0.1
_OFF: Final = 0.03
_SURE: Final = 2.5758
"""Standard errors that chance exceeds once in a hundred times, since there are several groups."""


def unfair(found: Sequence[Fairness], absent: Sequence[str]) -> Iterator[Finding]:
    """What was found of attributes.

    Args:
        found: What was found of each.
        absent: Attributes that the table does not have.
    """
    if not found and not absent:
        yield Finding("unknown", "fairness", Reason("audit.fairness_unasked"))
    for name in absent:
        reason = Reason("audit.attribute_absent", {"attribute": name})
        yield Finding("unknown", "fairness", reason, name)
    for one in found:
        yield _selection(one)
        yield from _used(one)
        yield from _errors(one)
        yield from _believed(one)
        yield from _stand_ins(one)


def _selection(one: Fairness) -> Finding:
    name = one.attribute
    small = sum(group.small for group in one.groups)
    said: dict[str, object] = {"attribute": name, "small": small, "least": SMALL}
    if isnan(one.ratio.value):
        return Finding("unknown", "fairness", Reason("audit.selection_unknown", said), name)
    rates = {group.group: group.selected for group in one.groups}
    said |= {"ratio": one.ratio.value, "low": one.ratio.low, "high": one.ratio.high}
    said |= {"lowest": one.lowest, "highest": one.highest}
    said |= {"rate": rates[one.lowest], "other": rates[one.highest]}
    severity, code = _verdict(one.ratio)
    return Finding(severity, "fairness", Reason(code, said), name)


def _verdict(ratio: Estimate) -> tuple[Severity, str]:
    if ratio.value < FOUR_FIFTHS:
        if ratio.high < FOUR_FIFTHS:
            return "alarm", "audit.selection_apart"
        return "watch", "audit.selection_maybe"
    if ratio.low < FOUR_FIFTHS:
        return "unknown", "audit.selection_unsure"
    return "fine", "audit.selection_alike"


def _errors(one: Fairness) -> Iterator[Finding]:
    """Shares of cases, and of others, that are chosen: where they certainly differ by much."""
    for gap, code in (
        (one.true_gap, "audit.true_rates_apart"),
        (one.false_gap, "audit.false_rates_apart"),
    ):
        if gap.low > 0 and gap.value > _APART:
            said = {"attribute": one.attribute, "gap": gap.value, "low": gap.low, "high": gap.high}
            yield Finding("watch", "fairness", Reason(code, said), one.attribute)


def _believed(one: Fairness) -> Iterator[Finding]:
    for group in one.groups:
        if not group.small and _off(group):
            said = {
                "attribute": one.attribute,
                "group": group.group,
                "said": group.said,
                "came": group.rate,
            }
            reason = Reason("audit.group_off", said)
            yield Finding("watch", "fairness", reason, one.attribute)


def _off(group: GroupRow) -> bool:
    away = abs(group.rate - group.said)  # NaN without probabilities: never off
    return away > max(_OFF, _SURE * group.noise)


def _used(one: Fairness) -> Iterator[Finding]:
    if one.used:
        said = {"attribute": one.attribute, "without": one.without, "ratio": one.ratio.value}
        known = not (isnan(one.without) or isnan(one.ratio.value))
        code = "audit.attribute_effect" if known else "audit.attribute_used"
        yield Finding("watch", "fairness", Reason(code, said), one.attribute)


def _stand_ins(one: Fairness) -> Iterator[Finding]:
    for proxy in one.proxies:
        if proxy.strong:
            said = {
                "attribute": one.attribute,
                "factor": proxy.factor,
                "v": proxy.v,
                "auc": proxy.auc,
                "ratio": one.ratio.value,
                "without": proxy.ratio,
            }
            known = not (isnan(proxy.ratio) or isnan(one.ratio.value))
            code = "audit.proxy" if known else "audit.proxy_only"
            yield Finding("watch", "fairness", Reason(code, said), one.attribute)
    if not (isnan(one.stripped) or isnan(one.ratio.value)) and one.ratio.value < FOUR_FIFTHS:
        said = {
            "attribute": one.attribute,
            "left": len({*one.used, *one.stand_ins}),
            "without": one.stripped,
            "ratio": one.ratio.value,
        }
        enough = one.stripped >= FOUR_FIFTHS
        code = "audit.stripped_enough" if enough else "audit.stripped"
        yield Finding("watch", "fairness", Reason(code, said), one.attribute)
