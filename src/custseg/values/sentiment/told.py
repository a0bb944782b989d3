"""Which side does a label take: kind, unkind, or neither?"""

from typing import Final

from custseg.values.tables import table

_SECTIONS: Final = table("opinions_labels")
_KIND: Final = frozenset(_SECTIONS["kind"])
_UNKIND: Final = frozenset(_SECTIONS["unkind"])
_BETWEEN: Final = frozenset(_SECTIONS["between"])


def told(label: object) -> bool | None:
    """Whether a label says that a text is kind; ``None`` for neither.

    Args:
        label: A flag, 0 or 1, or a word in Chinese or English.

    Raises:
        ValueError: It is none of the words that are known.

    Example:
        >>> told("好评"), told(0), told("neutral")
        (True, False, None)
    """
    word = str(label).strip().casefold().removesuffix(".0")
    if word in _KIND or word in _UNKIND:
        return word in _KIND
    if not word or word in _BETWEEN:
        return None
    msg = "a label that says neither kind nor unkind"
    raise ValueError(msg)
