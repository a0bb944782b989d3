"""Why a text is read as it is: reasons in log-odds or points."""

from collections.abc import Iterable, Iterator

from custseg.reasons import Reason
from custseg.values.lexicon import Opinion


def because_words(found: Opinion) -> Iterator[Reason]:
    """The words of the lists, the weightiest first, then what makes one doubt."""
    for said in sorted(found.words, key=lambda one: -abs(one.value)):
        settings = {"word": said.word, "points": said.value}
        if said.negated:
            yield Reason("negated_word", settings)
        elif said.value > 0:
            yield Reason("kind_word", settings)
        else:
            yield Reason("unkind_word", settings)
    if found.ironic:
        yield Reason("mark_of_irony")
    if found.asked:
        yield Reason("asked_not_said")
    if found.score is None:
        yield Reason("no_word_of_opinion")


def because_lists(odds: float) -> Iterator[Reason]:
    """What the word lists say all in all."""
    if odds:
        yield Reason("word_lists_say", {"odds": odds})


def because_pieces(told: Iterable[tuple[str, float]]) -> Iterator[Reason]:
    """What the pieces say that were learnt."""
    for piece, odds in told:
        shown = {"piece": piece.replace(" ", "\u2009"), "odds": odds}
        yield Reason("kind_piece", shown) if odds > 0 else Reason("unkind_piece", shown)
