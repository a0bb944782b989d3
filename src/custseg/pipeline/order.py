"""In which order do the parts of a job decide, each reading what those before it added?"""

from collections.abc import Iterator
from typing import Any, Final, TypeVar

P = TypeVar("P")

_STEPS: Final = {
    "lifecycle": "classify",
    "scorecard": "score",
    "worth": "tier",
    "tier": "tier",
    "service": "tier",
}


def ordered(job: Any) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - a pipeline or a policy
    """The parts that are there: name, step of which progress tells, part.

    Of several parts under one name each comes for itself.

    >>> import custseg as cs
    >>> [name for name, _, _ in ordered(cs.Pipeline(scorecard=None))]
    ['lifecycle', 'tier']
    """
    for name, step in _STEPS.items():
        held: Any = getattr(job, name)
        parts: tuple[Any, ...] = held if name == "worth" else (held,)
        for part in parts:
            if part is not None:
                yield name, step, part


def idle(job: Any) -> tuple[str, ...]:  # noqa: ANN401 - a pipeline or a policy
    """The steps for which a job has no part.

    >>> import custseg as cs
    >>> idle(cs.Pipeline(scorecard=None))
    ('score',)
    """
    busy = {step for _, step, _ in ordered(job)}
    return tuple(step for step in dict.fromkeys(_STEPS.values()) if step not in busy)


def named(parts: Iterator[tuple[str, str, P]]) -> dict[str, P]:
    """The parts by a name of their own: the second of a name has its number behind it.

    >>> named(iter([("worth", "tier", "rfm"), ("worth", "tier", "clv"), ("tier", "tier", "abc")]))
    {'worth': 'rfm', 'worth 2': 'clv', 'tier': 'abc'}
    """
    found: dict[str, P] = {}
    for name, _, part in parts:
        alike = sum(key.split(" ")[0] == name for key in found)
        found[f"{name} {alike + 1}" if alike else name] = part
    return found
