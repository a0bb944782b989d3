"""The word lists that readers of values stand on, one data file a subject.

Words that may be corrected without reading code: each file holds sections, each
section lines of words with commas between them.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def table(subject: str) -> Mapping[str, tuple[str, ...]]:
    """The word lists of one subject, by section.

    Args:
        subject: Name of the file: ``companies``, ``junk``, ``names``, ``places`` ...

    Source: places and provinces are those of GB/T 2260 (2023), countries those of ISO 3166-1 in
    the regions of UN M49, calling codes those of ITU-T E.164; the other lists were written for
    this library.

    Example:
        >>> "欧阳" in table("names")["compound_surnames"]
        True
    """
    text = files(__name__).joinpath(f"{subject}.json").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = json.loads(text)
    return MappingProxyType(
        {
            section: tuple(word for line in lines for word in line.split(","))
            for section, lines in sections.items()
        }
    )


def longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the longest first, as the alternatives of a pattern need them.

    Example:
        >>> longest_first(("公司", "有限公司"))
        ('有限公司', '公司')
    """
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
