"""By what a document can be told from every other: a short fingerprint of all that it says."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


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
