"""One regular expression for thousands of words, in which common beginnings are read once."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_Node = dict[str, "_Node"]
_END: Final = ""
_WORD_ENDS: Final = "(?![a-z0-9])"
_REST: Final = "[a-z0-9']*"


def one_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the longest of the words at each place.

    A Latin word is found as a whole word only; where no word of the list stands, all of
    a Latin word is read, and one other character with which a word could have begun, so that
    reading takes as many steps as the text has characters, however many words there are.

    Args:
        words: The words, in lower case.

    Example:
        >>> pattern = one_pattern(["good", "no good", "满意", "不满意"])
        >>> pattern.findall("no good goodbye 不满意")
        ['no good', 'goodbye', '不满意']
    """
    root = _tree(words)
    marks = sorted(root, key=lambda mark: (-_size(root[mark]), mark))
    return re.compile("|".join(_beginning(mark, root[mark]) for mark in marks))


def _tree(words: Iterable[str]) -> _Node:
    root: _Node = {}
    for word in words:
        node = root
        for mark in word:
            node = node.setdefault(mark, {})
        node[_END] = {}
    return root


def _size(node: Mapping[str, _Node]) -> int:
    return sum(_size(child) for child in node.values()) + len(node)


def _is_latin(mark: str) -> bool:
    return mark.isascii() and mark.isalnum()


def _beginning(mark: str, node: _Node) -> str:
    ways = _ways(mark, node)
    ways.append(_REST if _is_latin(mark) else "")
    return f"{re.escape(mark)}(?:{'|'.join(ways)})"


def _ways(mark: str, node: _Node) -> list[str]:
    """What may follow a character, the longest words first."""
    ways = [re.escape(after) + _after(after, rest) for after, rest in node.items() if after]
    if _END in node:
        ways.append(_WORD_ENDS if _is_latin(mark) else "")
    return ways


def _after(mark: str, node: _Node) -> str:
    ways = _ways(mark, node)
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
