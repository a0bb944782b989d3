"""How hard hypothesis looks: CUSTSEG_PROFILE=quick (as we work) or full (`make laws`)."""

import os

from hypothesis import HealthCheck, settings

# A law builds whole tables, on machines of any speed: only the number of examples is a budget.
_ANY_SPEED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("quick", max_examples=25, derandomize=True, **_ANY_SPEED)
settings.register_profile("full", max_examples=200, print_blob=True, **_ANY_SPEED)
settings.load_profile(os.environ.get("CUSTSEG_PROFILE", "quick"))
