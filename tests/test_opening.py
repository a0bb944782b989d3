import subprocess
import sys

import pytest

import custseg as cs
from custseg.opening import opener


def test_a_card_loads_neither_audits_nor_feedback():
    code = (
        "import sys; from custseg.scoring import Scorecard; "
        "print([m for m in sys.modules if m.startswith(('custseg.scoring.auditing', "
        "'custseg.scoring.feedback', 'custseg.scoring.deals', 'custseg.scoring.woe'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", [cs, cs.scoring])
def test_every_public_name_is_there_and_no_other(package):
    assert sorted(package.__all__) == dir(package)
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        package.no_such_name  # noqa: B018 - asking is the test


def test_a_name_is_fetched_once():
    fetch = opener("custseg.scoring", {"Ramp": "curves.shapes"})
    assert fetch("Ramp") is cs.scoring.Ramp
