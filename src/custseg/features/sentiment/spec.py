"""A reader of texts that is to be learnt from labels of the company's own."""

from collections.abc import Mapping
from math import inf

import attrs

from custseg.errors import ConfigError
from custseg.features.sentiment.fitting import settled
from custseg.features.sentiment.labelled import Reading, labelled
from custseg.features.sentiment.model import SentimentModel, as_rows, with_belief
from custseg.values.sentiment.own import own_words


@attrs.frozen
class LearnedSentiment:
    """How kindly customers speak, learnt from texts with labels, beginning from the word lists.

    A linear model of hashed pieces of text (Chinese characters, words, and pairs of neighbours)
    stands beside what the word lists say; how far to trust each is learnt from texts that the
    pieces were not learnt from. With fewer than five labels of a side the lists alone are trusted.
    Needs no library beyond those of custseg, neither to learn nor to read.

    Labels may be flags, 0 and 1, words (positive, negative, 好评, 差评), stars or any other scale
    (``unkind_to``, ``kind_from``), or the mark of a complaint (``positive=0``).

    Attributes:
        text: The column of texts.
        label: The column of labels.
        positive: The label of kind texts; ``None`` for labels that say it themselves.
        unkind_to: Numbers up to here are unkind: 2 of five stars.
        kind_from: Numbers from here are kind: 4 of five stars; those between are left out.
        prior_shift: Share of kind texts where the reader will be used, if it is another than
            among the labels; .5 weighs both sides alike.
        words: Words of the company's own with what they are worth, -2 to 2.
        within_days: Words older than this do not count in profiles.
        size: Slots of hashed pieces.
        ridge: How firmly the weight of a piece is held at 0.

    Source: weights are hashed as in Weinberger et al. (2009), "Feature hashing for large scale
    multitask learning", ICML; the default ridge was chosen on samples of public reviews.

    >>> stars = [{"text": "不值这个价", "stars": 1}, {"text": "会回购", "stars": 5}] * 10
    >>> model = LearnedSentiment(label="stars", unkind_to=2, kind_from=4).fit(stars)
    >>> model.rows, model.of("值这个价吗，会回购") > model.of("不值")
    (20, True)
    """

    text: str = "text"
    label: str = "label"
    positive: str | float | None = None
    unkind_to: float | None = None
    kind_from: float | None = None
    prior_shift: float | None = None
    words: Mapping[str, float] = attrs.field(factory=dict[str, float], converter=own_words)
    within_days: int | None = None
    size: int = 1 << 14
    ridge: float = 0.3

    def __attrs_post_init__(self) -> None:
        if self.size < 1 or self.size != int(self.size) or not 0 < self.ridge < inf:
            msg = "size must be a whole number of at least 1, and ridge a number above 0"
            raise ConfigError(msg, "size" if 0 < self.ridge < inf else "ridge")
        if self.prior_shift is not None and not 0 < self.prior_shift < 1:
            msg = "must lie between 0 and 1"
            raise ConfigError(msg, "prior_shift")
        Reading(self.positive, self.unkind_to, self.kind_from).reader()

    def fit(
        self, data: object, *, text: str | None = None, label: str | None = None
    ) -> SentimentModel:
        """Learn from labelled texts.

        Args:
            data: A table of texts with labels; no rows give the word lists alone.
            text: The column of texts, if it is another than that of the settings.
            label: The column of labels, likewise.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: A label cannot be read.
        """
        columns = text or self.text, label or self.label
        reading = Reading(self.positive, self.unkind_to, self.kind_from)
        seen = labelled(data, *columns, reading)
        blank = SentimentModel(
            *columns,
            reading,
            size=self.size,
            words=self.words,
            within_days=self.within_days,
            rows=len(seen.texts),
            kind_rows=sum(seen.kind),
            left_out=seen.left_out,
        )
        belief = settled(as_rows(seen, self.words, self.size), self.ridge)
        model = with_belief(blank, belief)
        return model if self.prior_shift is None else model.shifted(self.prior_shift)
