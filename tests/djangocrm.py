"""The Django example, opened inside the tests on a database in memory."""

import os
import sys
import time
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1] / "examples" / "django_crm"


@cache
def crm():
    """Set Django up once a process, with its tables made; what it does to the clock is undone."""
    django = pytest.importorskip("django")
    zone = os.environ.get("TZ")
    os.environ["CRM_DATABASE"] = ":memory:"
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    sys.path.insert(0, str(HOME))
    django.setup()
    os.environ.pop("TZ")
    if zone is not None:
        os.environ["TZ"] = zone
    time.tzset()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from crm import models, services

    return models, services
