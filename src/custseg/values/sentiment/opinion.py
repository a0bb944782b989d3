"""What a text amounts to: a score, how sure it is, and the words that made it."""

import attrs

from custseg.values.sentiment.lists import Own, lists
from custseg.values.sentiment.scan import Scan
from custseg.values.sentiment.spelling import readable

_BELIEVED = 0.5
"""How much of praise is believed beside a mark of irony."""
_IN_IRONY, _IN_QUESTION = 0.4, 0.7


@attrs.frozen
class Said:
    """One word that counts.

    Attributes:
        word: As it stands in the text, in small letters.
        value: What it is worth where it stands, above 0 for praise.
        negated: Whether a negation before it turned it round.
    """

    word: str
    value: float
    negated: bool = False


@attrs.frozen
class Opinion:
    """What one text amounts to.

    Attributes:
        score: From -1 (blame) to 1 (praise), ``None`` where no word of the lists says anything.
        confidence: From 0 to 1: how many words say so, how far they agree, and less
            beside a mark of irony or a question.
        words: The words that count, in the order of the text.
        ironic: Whether a mark of irony stands in it.
        asked: Whether a question stands in it.

    >>> Opinion(0.8, 0.5).score
    0.8
    """

    score: float | None
    confidence: float
    words: tuple[Said, ...] = ()
    ironic: bool = False
    asked: bool = False


def scanned(text: str, own: Own = ()) -> Scan:
    """Read a text word by word."""
    clean = readable(text)
    low = clean.lower()
    loud = clean != low and len(clean) == len(low) and not clean.isupper()
    scan = Scan(low, clean if loud else "")
    lists(own).read(scan)
    return scan


def totals(scan: Scan) -> tuple[float, float]:
    """Praise and blame of what was read, both from 0 up."""
    praise = blame = 0.0
    for value in scan.values:
        if value > 0:
            praise += value
        else:
            blame -= value
    return (praise * _BELIEVED if scan.ironic else praise), blame


def score_of(praise: float, blame: float) -> float | None:
    """``(praise - blame) / (praise + blame + 1)``, ``None`` where there is neither."""
    total = praise + blame
    return (praise - blame) / (total + 1.0) if total else None


def opinion_of(text: str, own: Own = ()) -> Opinion:
    """Score, confidence and words of a text."""
    scan = scanned(text, own)
    praise, blame = totals(scan)
    said = tuple(
        Said(scan.text[start:end], value, negated)
        for value, (start, end, negated) in zip(scan.values, scan.words, strict=True)
        if value
    )
    total = praise + blame
    sure = total / (total + 1.0) * (0.5 + 0.5 * abs(praise - blame) / total) if total else 0.0
    sure *= (_IN_IRONY if scan.ironic else 1.0) * (_IN_QUESTION if scan.asked else 1.0)
    return Opinion(score_of(praise, blame), sure, said, scan.ironic, scan.asked)
