import pytest

from custseg.errors import ConfigError
from custseg.tiering.rfm.patterns import boxes


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("334", [((3, 3), (3, 3), (4, 4))]),
        ("5[4-5].", [((5, 5), (4, 5), (1, 10))]),
        ("[135]11", [((n, n), (1, 1), (1, 1)) for n in (1, 3, 5)]),
        ("[1-24]11", [((1, 2), (1, 1), (1, 1)), ((4, 4), (1, 1), (1, 1))]),
        ("[31-2]11", [((1, 3), (1, 1), (1, 1))]),
    ],
)
def test_a_pattern_stands_for_boxes_of_scores(pattern, found):
    assert list(boxes(pattern, 3)) == found


@pytest.mark.parametrize(
    "pattern",
    ["33", "3334", "33a", "3[]3", "3[1-]3", "[1-3", "", "33[^1]", "[5-1]11", "[1-23-2]11"],
)
def test_what_cannot_be_read_is_refused(pattern):
    with pytest.raises(ConfigError, match="pattern"):
        list(boxes(pattern, 3))
