"""How kindly a text speaks, from word lists and rules: Chinese, English and both in one text."""

from collections.abc import Mapping

from custseg.values.sentiment.opinion import Opinion, opinion_of, scanned, score_of, totals

__all__ = ["Opinion", "opinion", "polarity"]


def polarity(text: str | None, own: Mapping[str, float] | None = None) -> float | None:
    """How kindly a text speaks, from -1 (blame) to 1 (praise).

    Negations, degrees, contrasts, wishes, questions, quotations, exclamation marks,
    capitals and emoticons count. Source: lists and weights were written for this library from
    knowledge of the two languages; rules for English follow the questions that Hutto and
    Gilbert (2014), "VADER", ICWSM, asked.

    Args:
        text: What a customer said or wrote, Chinese, English or both; or None.
        own: Words of one's own trade, in small letters, with what they are worth: -2 to 2; 0 for
            a word that says nothing.

    Returns:
        ``(praise - blame) / (praise + blame + 1)`` over the words of the lists,
        each as its neighbours turn and strengthen it; None if the text holds no such
        word, for no opinion is not a neutral one.

    Example:
        >>> polarity("价格不便宜，但是质量非常不错") > 0.2
        True
        >>> polarity("not good, the room was dirty") < 0
        True
        >>> polarity("请问几点开门") is None
        True
    """
    if not text:
        return None
    return score_of(*totals(scanned(text, tuple(sorted(own.items())) if own else ())))


def opinion(text: str | None, own: Mapping[str, float] | None = None) -> Opinion:
    """How kindly a text speaks, how sure that is, and which words say so.

    Args:
        text: What a customer said or wrote; or None.
        own: As in ``polarity``.

    Example:
        >>> said = opinion("客服态度好，就是物流太慢")
        >>> [(each.word, round(each.value, 2)) for each in said.words]
        [('态度好', 0.6), ('太慢', -1.3)]
        >>> opinion("呵呵").confidence < 0.2
        True
    """
    if not text:
        return Opinion(None, 0.0)
    return opinion_of(text, tuple(sorted(own.items())) if own else ())
