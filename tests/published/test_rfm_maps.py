"""Segment maps of other tools, counted cell by cell.

Sources: Putler's table of eleven segments as SimonXwk/RexRFM `segment.py` codes it, Potential
Loyalist widened to an average of 1-3 as in Putler's table; the ten rules of the vignette and of
`tests/testthat/test-rfm-segment.R` of rsquaredacademy/rfm (MIT); the branches of PyPI rfm 1.0.9
`rfm.py`; `_default_rfm_segment_config` of pymc-marketing 0.19.2 (`clv/utils.py`); the regular
expressions over two scores that are in common use.
"""

import attrs
import pytest

from custseg.tiering import lint_segments, segments
from peersegments import PYMC, PYPI, REGEX, TESTTHAT, VIGNETTE


@pytest.mark.parametrize(
    ("made", "bins", "uncovered", "overlapping", "unreachable"),
    [
        (
            attrs.evolve(segments("putler"), pick="first"),
            (5, 5, 5),
            0,
            76,
            ("recent_customers", "promising", "cant_lose", "lost"),
        ),
        (TESTTHAT, (5, 5, 5), 36, None, ("new", "promising", "cant_lose")),
        (VIGNETTE, (5, 5, 5), 10, None, ()),
        (PYPI, (5, 5, 5), 0, 44, ()),
        (PYMC, (4, 4, 4), 18, 0, ()),
        (REGEX, (5, 5), 0, 0, ()),
    ],
    ids=["putler", "testthat", "vignette", "pypi", "pymc", "regex"],
)
def test_what_is_wrong_with_a_map(made, bins, uncovered, overlapping, unreachable):
    found = lint_segments(made, bins)
    assert len(found.uncovered) == uncovered
    assert overlapping is None or len(found.overlapping) == overlapping
    assert found.unreachable == unreachable


def test_the_usual_map_is_the_grid_of_two_scores():
    ours, theirs = (lint_segments(made, (5, 5)) for made in (segments("rf10"), REGEX))
    assert ours.cells == 25
    assert ours.clean
    assert list(ours.segments.values()) == list(theirs.segments.values())


def test_putlers_table_with_its_overlaps_resolved():
    """The rule with the fewest cells, then the nearest middle, then the first."""
    assert lint_segments(segments("putler")).segments == {
        "champions": 12,
        "loyal": 18,
        "potential_loyalist": 28,
        "recent_customers": 2,
        "promising": 1,
        "need_attention": 18,
        "about_to_sleep": 6,
        "at_risk": 23,
        "cant_lose": 6,
        "hibernating": 10,
        "lost": 1,
    }
