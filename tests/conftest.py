"""How hard hypothesis looks: CUSTSEG_PROFILE=quick (as we work) or full (`make laws`)."""

import os

import pytest
from hypothesis import HealthCheck, settings

from browser import started

# A law builds whole tables, on machines of any speed: only the number of examples is a budget.
_ANY_SPEED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("quick", max_examples=20, derandomize=True, **_ANY_SPEED)
# A change is judged by examples that its own tests fix; chance looks further at a desk.
_JUDGED = bool(os.environ.get("CI"))
settings.register_profile(
    "full", max_examples=200, derandomize=_JUDGED, print_blob=not _JUDGED, **_ANY_SPEED
)
settings.load_profile(os.environ.get("CUSTSEG_PROFILE", "quick"))


@pytest.fixture(scope="session")
def chromium():
    """A browser for tests that look at pages (`browser.py`); skips where there is none."""
    with started() as browser:
        yield browser
