"""Telling the caller how far a long job is, and letting it stop."""

from collections.abc import Callable
from typing import TypeAlias

import attrs

from custseg.errors import CancelledError

Progress: TypeAlias = Callable[[str, int, int], object]
"""Called as ``progress(step, done, total)``; returning ``False`` cancels the job."""

STEPS = ("read", "clean", "match", "profile", "classify", "score", "tier", "allocate")


@attrs.frozen(eq=False)
class Teller:
    """Reports each step of a job to a callback.

    Attributes:
        callback: Where to report; ``None`` reports nowhere.

    >>> told = []
    >>> Teller(lambda step, done, total: told.append(step)).at("clean")
    >>> told
    ['clean']
    """

    callback: Progress | None = None

    def at(self, step: str) -> None:
        """Report that a step begins.

        Raises:
            CancelledError: The callback returned ``False``.
        """
        done = STEPS.index(step) if step in STEPS else len(STEPS)
        if self.callback is not None and self.callback(step, done, len(STEPS)) is False:
            msg = f"cancelled before step {step!r}; nothing was changed"
            raise CancelledError(msg)
