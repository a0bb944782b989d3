"""Segment maps of other tools.

Sources: the ten rules of the vignette and of
`tests/testthat/test-rfm-segment.R` of rsquaredacademy/rfm (MIT); the branches of PyPI rfm 1.0.9
`rfm.py`; `_default_rfm_segment_config` of pymc-marketing 0.19.2 (`clv/utils.py`); the regular
expressions over two scores that are in common use.
"""

from custseg.tiering import SegmentMap

NAMES = ("recency", "frequency", "monetary")


def rfm(**spans):
    return SegmentMap.of(
        {name: dict(zip(NAMES, span, strict=True)) for name, span in spans.items()}
    )


VIGNETTE = rfm(
    champions=((5, 5), (5, 5), (5, 5)),
    potential_loyalist=((3, 5), (3, 5), (2, 5)),
    loyal=((2, 4), (2, 4), (2, 4)),
    promising=((3, 4), (1, 3), (3, 5)),
    new=((4, 5), (1, 3), (1, 5)),
    cant_lose=((1, 2), (3, 4), (4, 5)),
    at_risk=((1, 2), (2, 5), (4, 5)),
    need_attention=((1, 3), (3, 5), (3, 5)),
    about_to_sleep=((2, 3), (1, 3), (1, 4)),
    lost=((1, 1), (1, 5), (1, 5)),
)
TESTTHAT = rfm(
    champions=((4, 5), (4, 5), (4, 5)),
    loyal=((2, 5), (3, 5), (3, 5)),
    potential_loyalist=((3, 5), (1, 3), (1, 3)),
    new=((4, 5), (1, 1), (1, 1)),
    promising=((3, 4), (1, 1), (1, 1)),
    need_attention=((2, 3), (2, 3), (2, 3)),
    about_to_sleep=((2, 3), (1, 2), (1, 2)),
    at_risk=((1, 2), (2, 5), (2, 5)),
    cant_lose=((1, 1), (4, 5), (4, 5)),
    lost=((1, 2), (1, 2), (1, 2)),
)
PYPI = rfm(
    champions=((4, 5), (4, 5), (4, 5)),
    promising=((4, 5), (1, 2), (3, 5)),
    loyal_accounts=((3, 5), (3, 5), (3, 5)),
    potential_loyalist=((3, 5), (2, 3), (2, 4)),
    new_active=((5, 5), (1, 1), (1, 5)),
    low_spenders=((3, 5), (1, 5), (1, 2)),
    need_attention=((2, 3), (1, 2), (4, 5)),
    about_to_sleep=((2, 3), (1, 2), (1, 3)),
    at_risk=((1, 2), (1, 5), (3, 5)),
    lost=((1, 2), (1, 5), (1, 2)),
)
PYMC = SegmentMap.of_patterns(
    {
        "premium": ("334", "443", "444", "344", "434", "433", "343", "333"),
        "repeat": ("244", "234", "232", "332", "143", "233", "243"),
        "top_spender": (
            *("424", "414", "144", "314", "324", "124", "224"),
            *("423", "413", "133", "323", "313", "134"),
        ),
        "at_risk": (
            *("422", "223", "212", "122", "222", "132"),
            *("322", "312", "412", "123", "214"),
        ),
        "inactive": ("411", "111", "113", "114", "112", "211", "311"),
    }
)
REGEX = SegmentMap.of_patterns(
    {
        "hibernating": "[1-2][1-2]",
        "at_risk": "[1-2][3-4]",
        "cant_loose": "[1-2]5",
        "about_to_sleep": "3[1-2]",
        "need_attention": "33",
        "loyal": "[3-4][4-5]",
        "promising": "41",
        "new": "51",
        "potential_loyalist": "[4-5][2-3]",
        "champions": "5[4-5]",
    },
    measures=NAMES[:2],
)
