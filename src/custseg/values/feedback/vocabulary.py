"""The words that tell what a feedback is, how much hangs on it and what it is about."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from custseg.values.phrases import GAP, Phrases
from custseg.values.tables import table
from custseg.values.text import tidy
from custseg.values.variants import simplified

_QUOTES: Final = str.maketrans("“”「」『』’‘", '""""""\'\'')
# To look for them first is faster than to go through every text character by character.
_ODD: Final = re.compile(
    "[" + "".join(pair[0] for pair in table("variants")["simplified"]) + "“”「」『』’‘]"
)
_FAMILIES: Final = ("sign:", "rule:", "topic:")
# Too common within other words to say anything there.
_WEAK: Final = frozenset({"sign:negation", "sign:turn", "sign:please", "sign:question"})


def folded(text: str | None) -> str | None:
    """A text as the lists are compared with it: tidy, lower case, simplified, plain quotes.

    Example:
        >>> folded("  客服態度“很好”！")
        '客服态度"很好"!'
    """
    clean = tidy(text)
    if clean is None:
        return None
    low = clean.lower()
    if low.isascii() or not _ODD.search(low):
        return low
    return simplified(low.translate(_QUOTES))


def signs() -> Mapping[str, tuple[str, ...]]:
    """The lists of words by what they are a sign of.

    Example:
        >>> "请问" in signs()["ask"]
        True
    """
    return table("feedback_kinds")


def rules() -> Mapping[str, tuple[str, ...]]:
    """The lists of words that make a feedback important or urgent, by rule.

    Example:
        >>> "12315" in rules()["regulator"]
        True
    """
    return table("feedback_rules")


def topics() -> Mapping[str, tuple[str, ...]]:
    """The words of each general topic.

    Example:
        >>> "发票" in topics()["invoice"]
        True
    """
    return table("feedback_topics")


def packs() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The topics of single trades: pack, topic, words.

    Example:
        >>> sorted(packs()["telecom"])
        ['broadband', 'plan', 'signal']
    """
    out: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, words in table("feedback_packs").items():
        pack, _, topic = name.partition(".")
        out.setdefault(pack, {})[topic] = words
    return out


@cache
def compiled(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Phrases:
    """Lists of words ready to be found, names such as ``sign:ask`` and ``topic:price``.

    What a longer phrase of one family takes in from shorter ones of another it says as well:
    a rule's 要求退款 is of the topic of 退款.

    Args:
        lists: Words by the name of their list.

    Example:
        >>> found = compiled((("rule:refund", ("要求退款",)), ("topic:after_sales", ("退款",))))
        >>> found.find("要求退款")[0][0]
        ('rule:refund', 'topic:after_sales')
    """
    spelled = {name: tuple(_spelled(words)) for name, words in lists}
    alone = Phrases.of(spelled)
    lent: dict[str, list[str]] = {name: list(words) for name, words in spelled.items()}
    for word, own in alone.senses.items():
        if own:
            for name in _lent(word, own, alone):
                lent[name].append(word)
    return Phrases.of(lent)


def _spelled(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        parts = [folded(part) or "" for part in word.split(GAP)]
        if any(parts):
            yield GAP.join(parts)


def _lent(word: str, own: tuple[str, ...], alone: Phrases) -> Iterator[str]:
    """Lists of the shorter phrases within a phrase, of families that it has no list of."""
    silent = tuple(family for family in _FAMILIES if not any(n.startswith(family) for n in own))
    if not silent:
        return
    found: set[str] = set()
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            if _stands_alone(word, start, end):
                found.update(alone.senses.get(word[start:end], ()))
    yield from sorted(name for name in found - _WEAK if name.startswith(silent))


def _stands_alone(word: str, start: int, end: int) -> bool:
    """Whether a part does not begin or end within a Latin word."""
    return not (
        (start and _is_latin(word[start - 1]) and _is_latin(word[start]))
        or (end < len(word) and _is_latin(word[end - 1]) and _is_latin(word[end]))
    )


def _is_latin(mark: str) -> bool:
    return mark.isascii() and mark.isalnum()
