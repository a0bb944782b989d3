"""Maps of segments that are known by name."""

from collections.abc import Mapping
from typing import Final

from custseg.errors import ConfigError, did_you_mean
from custseg.tiering.rfm.maps import SegmentMap, SegmentRule, Span

_RF: Final = (
    ("hibernating", (1, 2), (1, 2)),
    ("at_risk", (1, 2), (3, 4)),
    ("cant_lose", (1, 2), (5, 5)),
    ("about_to_sleep", (3, 3), (1, 2)),
    ("need_attention", (3, 3), (3, 3)),
    ("loyal", (3, 4), (4, 5)),
    ("promising", (4, 4), (1, 1)),
    ("new_customers", (5, 5), (1, 1)),
    ("potential_loyalist", (4, 5), (2, 3)),
    ("champions", (5, 5), (4, 5)),
)
_EIGHT: Final = (
    ("important_value", 2, 2, 2),
    ("important_keep", 1, 2, 2),
    ("important_develop", 2, 1, 2),
    ("important_win_back", 1, 1, 2),
    ("general_value", 2, 2, 1),
    ("general_keep", 1, 2, 1),
    ("general_develop", 2, 1, 1),
    ("general_win_back", 1, 1, 1),
)
_PUTLER: Final = (
    ("champions", (4, 5), (4, 5)),
    ("loyal", (2, 5), (3, 5)),
    ("potential_loyalist", (3, 5), (1, 3)),
    ("recent_customers", (4, 5), (0, 1)),
    ("promising", (3, 4), (0, 1)),
    ("need_attention", (2, 3), (2, 3)),
    ("about_to_sleep", (2, 3), (0, 2)),
    ("at_risk", (0, 2), (2, 5)),
    ("cant_lose", (0, 1), (4, 5)),
    ("hibernating", (1, 2), (1, 2)),
    ("lost", (0, 2), (0, 2)),
)


def segments(name: str = "rf10") -> SegmentMap:
    """A map of segments by its name.

    ``rf10``: ten segments by recency and frequency, each of the 25 cells in exactly one.
    ``rfm8_zh``: the eight classes customary in China; recency, frequency and money are each near
    or high (2) or far or low (1), see ``RFM.preset``. ``putler``: eleven segments by recency and
    the average of frequency and money. Its table overlaps in 76 of 125 cells; here the rule that
    covers the fewest cells wins, of equal ones the one whose middle is nearest, then the first, so
    that each segment has cells and each cell one segment.

    Args:
        name: ``rf10``, ``rfm8_zh`` or ``putler``.

    Raises:
        ConfigError: There is no map of this name.

    Source: ``rf10`` is the grid of two scores in common use; ``rfm8_zh`` the classes that Chinese
    shop systems bring; ``putler`` the table of Putler's guide to RFM analysis.

    >>> segments("rfm8_zh").label("important_value", "zh")
    '重要价值客户'
    >>> len(segments().segments), len(segments("putler").segments)
    (10, 11)
    """
    made = {"rf10": _rf10, "rfm8_zh": _rfm8, "putler": _putler}.get(str(name))
    if made is None:
        known = ("rf10", "rfm8_zh", "putler")
        msg = (
            f"no map of segments {name!r}; there are {list(known)}.{did_you_mean(str(name), known)}"
        )
        raise ConfigError(msg)
    return made()


def _rf10() -> SegmentMap:
    rules = tuple(_rule(name, {"recency": r, "frequency": f}) for name, r, f in _RF)
    return SegmentMap(rules, name="rf10", bins={"recency": 5, "frequency": 5})


def _rfm8() -> SegmentMap:
    rules = tuple(
        _rule(name, {"recency": (r, r), "frequency": (f, f), "monetary": (m, m)})
        for name, r, f, m in _EIGHT
    )
    bins = {"recency": 2, "frequency": 2, "monetary": 2}
    return SegmentMap(rules, name="rfm8_zh", bins=bins)


def _putler() -> SegmentMap:
    rules = tuple(_rule(name, {"recency": r, "frequency+monetary": fm}) for name, r, fm in _PUTLER)
    bins = {"recency": 5, "frequency": 5, "monetary": 5}
    return SegmentMap(rules, name="putler", pick="specific", bins=bins)


def _rule(name: str, scores: Mapping[str, Span]) -> SegmentRule:
    return SegmentRule(name, scores)
