import pytest
from matplotlib.figure import Figure

import anyaudit
from custseg.errors import ConfigError
from custseg.plot import audit_overview


def test_four_panels_of_what_was_looked_at():
    axes = audit_overview(anyaudit.FOUND)
    titles = [ax.get_title(loc="left") for ax in axes]
    assert titles == [
        "How many of the cases are at the top",
        "Does it happen as often as was said?",
        "How far scores and factors have moved",
        "Who is chosen, by sex",
    ]
    assert len({ax.figure for ax in axes}) == 1


def test_what_was_not_looked_at_says_so():
    axes = audit_overview(anyaudit.PLAIN)
    said = [ax.texts[0].get_text() for ax in axes[2:]]
    assert said == ["not looked at, or too few rows to say"] * 2
    assert not axes[2].patches


def test_on_axes_of_ones_own():
    own = Figure().subplots(1, 4)
    assert audit_overview(anyaudit.FOUND, axes=own, locale="zh") == list(own)
    with pytest.raises(ConfigError, match="4 panels, got 2"):
        audit_overview(anyaudit.FOUND, axes=own[:2])
