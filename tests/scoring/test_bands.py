"""How a band of numbers is called."""

from custseg.scoring.bands import band


def test_a_band_in_both_languages():
    ends = ((None, 5.0), (5.0, None), (0.1 + 0.2, 1e9), (None, None))
    assert [band(*pair) for pair in ends] == [
        "< 5",
        "\u2265 5",
        "0.3 to < 1000000000",
        "all values",
    ]
    assert band(1.0, 2.5, "zh") == "1 至 < 2.5"
