"""By what a decision can be traced: the policy, the input, the day, and who asked."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import attrs

from custseg.config import dump


@attrs.frozen
class Stamp:
    """What every decision carries.

    Attributes:
        policy_hash: Fingerprint of the policy that decided.
        input_hash: Fingerprint of what it decided on.
        as_of: The day, as ISO text; ``None`` where the record bears none.
        actor: Who asked, as given by the caller.

    >>> Stamp("ab12", "cd34", "2026-06-30").as_dict()["as_of"]
    '2026-06-30'
    """

    policy_hash: str
    input_hash: str
    as_of: str | None = None
    actor: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Plain data."""
        return attrs.asdict(self)


def policy_hash(policy: object) -> str:
    """Sixteen hex digits that change when any number of the policy changes."""
    return digest(dump(policy))


def record_hash(record: Mapping[str, object]) -> str:
    """Sixteen hex digits of one record; the order of its keys does not matter."""
    return digest({str(key): value for key, value in record.items()})


def digest(document: object) -> str:
    """Sixteen hex digits of plain data.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(_one_form(document), sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def _one_form(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Whole numbers are written the same whether they were read as 200 or as 200.0."""
    if isinstance(value, Mapping):
        return {key: _one_form(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_one_form(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return int(value) if isinstance(value, float) and value.is_integer() else value
