"""As we work each law is tried on half the examples; `make laws` tries all of them."""

from collections.abc import Generator

import pytest
from hypothesis import settings

_WHOLE = settings()
_FULL = 100  # examples of the full profile, or more
settings.register_profile("half", _WHOLE, max_examples=_WHOLE.max_examples // 2)
settings.register_profile("whole", _WHOLE)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, object, object]:
    """A test knows how many examples it tries from when its file is imported."""
    if _WHOLE.max_examples < _FULL:
        settings.load_profile("half")
    try:
        return (yield)
    finally:
        settings.load_profile("whole")
