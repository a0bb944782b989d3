"""How hard hypothesis looks: CUSTSEG_PROFILE=quick (as we work) or full (`make laws`)."""

import os

from hypothesis import HealthCheck, settings

# A law builds whole tables, on machines of any speed: only the number of examples is a budget.
_ANY_SPEED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("quick", max_examples=20, derandomize=True, **_ANY_SPEED)
# A change is judged by examples that its own tests fix; chance looks further at a desk.
_JUDGED = bool(os.environ.get("CI"))
settings.register_profile(
    "full", max_examples=200, derandomize=_JUDGED, print_blob=not _JUDGED, **_ANY_SPEED
)
settings.load_profile(os.environ.get("CUSTSEG_PROFILE", "quick"))
