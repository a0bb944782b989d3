"""How kind the words of a customer are, by word lists."""

from collections.abc import Mapping

import attrs

from custseg.features.sentiment.reader import heard
from custseg.features.sentiment.why import because_words
from custseg.reasons import Explanation
from custseg.values.lexicon import opinion, polarity
from custseg.values.sentiment.own import own_words


@attrs.frozen
class Sentiment:
    """How kind the words of a customer are, by word lists and rules in Chinese and English.

    Attributes:
        within_days: Words older than this do not count; ``None`` for the latest, however old.
        words: Words of the company's own with what they are worth: -2 to 2, 0 for a word that
            says nothing. They take the place of those of the lists.

    >>> Sentiment().of("价格不便宜，但是质量不错") > 0
    True
    >>> Sentiment(words={"卡顿": 0, "会丢包": -1.5}).of("会丢包") < 0
    True
    """

    within_days: int | None = None
    words: Mapping[str, float] = attrs.field(factory=dict[str, float], converter=own_words)

    def of(self, text: object) -> float | None:
        """Polarity of one text from -1 to 1, ``None`` where it shows none or is missing.

        Args:
            text: What a customer said or wrote; ``None``, NaN or ``pd.NA`` where nothing was.

        Raises:
            DataError: It is no text and not missing.
        """
        return polarity(heard(text), self.words)

    def explain(self, text: object) -> Explanation:
        """Which words made it, what each is worth where it stands, and how sure that is.

        Args:
            text: As in ``of``.

        Raises:
            DataError: It is no text and not missing.

        >>> print(Sentiment().explain("不便宜，但是好用").text())
        sentiment: 0.26...
          - "好用" speaks for: +1.30
          - "便宜" is denied: -0.54
        """
        found = opinion(heard(text), self.words)
        decision = {"sentiment": found.score, "confidence": found.confidence}
        return Explanation("sentiment", decision, tuple(because_words(found)))
