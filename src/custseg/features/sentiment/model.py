"""A reader of texts that learnt from the company's own labels: plain numbers, no library."""

from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from math import exp, log, sqrt
from typing import ClassVar, cast

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Gives, Needs, Record, floats
from custseg.errors import ConfigError, MissingColumnError
from custseg.features.sentiment.evidence import leaning
from custseg.features.sentiment.fitting import FIRST_PIECE, Belief, Rows, learn
from custseg.features.sentiment.grams import pieces, slot, slots
from custseg.features.sentiment.labelled import Labelled, Reading, labelled
from custseg.features.sentiment.reader import heard
from custseg.features.sentiment.why import because_lists, because_pieces
from custseg.frames.scalar import text as spelled
from custseg.model import RowModel
from custseg.reasons import Explanation
from custseg.values.sentiment.own import own_words

_MOST_ODDS = 13.8
"""Log-odds beyond which a probability is one in a million."""
_TOLD = 6


@attrs.frozen
class SentimentModel(RowModel):
    """Reads the kindness of texts as a company's own labels and the word lists say together.

    It takes the place of ``Sentiment`` wherever that is asked for, and as a model of rows it adds
    ``sentiment`` (-1 to 1) and ``praise_probability`` to a table of texts.

    Attributes:
        text: The column of texts.
        label: The column of labels, for ``update``.
        reading: How labels are read.
        at: Slots of pieces that were met, in order.
        weights: Log-odds that each adds to a text that holds nothing else.
        firm: How firmly each is held; updates move what is loose.
        loose: How firmly a slot never met is held at 0.
        base: Log-odds and firmness of the word lists, of the intercept, and of the lists'
            silence.
        size: Slots in all.
        words: Words of the company's own with what they are worth.
        within_days: Words older than this do not count in profiles.
        rows: Labelled texts that it learnt from.
        kind_rows: Those of them that were kind.
        left_out: Rows that could not be learnt from.

    >>> from custseg.features import LearnedSentiment
    >>> notes = [{"note": "物流很慢", "ok": 0}, {"note": "客服很好", "ok": 1}] * 10
    >>> model = LearnedSentiment(text="note", label="ok").fit(notes)
    >>> model.of("物流太慢了") < 0 < model.of("客服不错")
    True
    """

    schema_version: ClassVar[int] = 1

    text: str = "text"
    label: str = "label"
    reading: Reading = attrs.field(factory=Reading)
    at: tuple[int, ...] = ()
    weights: tuple[float, ...] = attrs.field(default=(), converter=floats)
    firm: tuple[float, ...] = attrs.field(default=(), converter=floats)
    loose: float = 1.0
    base: tuple[float, ...] = attrs.field(
        default=(2.0, 1.0, 0.0, 10.0, -1.0, 3.0), converter=floats
    )
    size: int = 16384
    words: Mapping[str, float] = attrs.field(factory=dict[str, float], converter=own_words)
    within_days: int | None = None
    rows: int = 0
    kind_rows: int = 0
    left_out: int = 0

    @property
    def needs(self) -> Needs:
        """The column of texts."""
        return {self.text: "text"}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that it adds."""
        return {"sentiment": "number", "praise_probability": "number"}

    def kernel(self, cols: Columns) -> Columns:
        """Read each distinct text once."""
        said = cols[self.text]
        if not isinstance(said, Codes):  # pragma: no cover - ``needs`` asks for text
            raise TypeError
        chances = [self.probability(word) for word in said.words]
        known = [np.nan if chance is None else chance for chance in chances]
        chance = np.array([*known, np.nan])[said.at]
        return {"sentiment": 2.0 * chance - 1.0, "praise_probability": chance}

    def probability(self, text: object) -> float | None:
        """How probable it is that a text is kind.

        Args:
            text: What a customer said or wrote; ``None``, NaN or ``pd.NA`` where nothing was.

        Returns:
            Strictly between 0 and 1; ``None`` if nothing in the text was ever met and the
            word lists do not say anything either.

        Raises:
            DataError: It is no text and not missing.
        """
        said = heard(text)
        margin = self._margin(said) if said else None
        if margin is None:
            return None
        return 1.0 / (1.0 + exp(-min(max(margin, -_MOST_ODDS), _MOST_ODDS)))

    def of(self, text: object) -> float | None:
        """Polarity of one text from -1 to 1: 0 where kind and unkind are as probable."""
        chance = self.probability(text)
        return None if chance is None else 2.0 * chance - 1.0

    def explain(self, record: object) -> Explanation:
        """What the lists and the weightiest pieces say, in log-odds.

        Args:
            record: A text, or a record with one.

        Raises:
            MissingColumnError: The record has no such column.
            DataError: It is no text and not missing.
        """
        text = self._read(record) or ""
        chance = self.probability(text)
        score = None if chance is None else 2.0 * chance - 1.0
        decision = {"sentiment": score, "praise_probability": chance}
        lists = self.base[0] * leaning(text, self.words)
        return Explanation(
            "sentiment",
            decision,
            (*because_lists(lists), *because_pieces(self._told(text))),
        )

    def _read(self, record: object) -> str | None:
        if not isinstance(record, Mapping):
            return heard(record)
        fields = cast("Record", record)
        if self.text not in fields:
            raise MissingColumnError(self.text, fields)
        return spelled(fields[self.text])

    def update(self, data: object) -> "SentimentModel":
        """Learn from more labelled texts, without those seen before.

        Args:
            data: A table with the columns of texts and labels.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: A label cannot be read.
        """
        seen = labelled(data, self.text, self.label, self.reading)
        if not seen.texts:
            return attrs.evolve(self, left_out=self.left_out + seen.left_out)
        belief = learn(as_rows(seen, self.words, self.size), self._belief())
        return attrs.evolve(
            with_belief(self, belief),
            rows=self.rows + len(seen.texts),
            kind_rows=self.kind_rows + sum(seen.kind),
            left_out=self.left_out + seen.left_out,
        )

    def shifted(self, share: float) -> "SentimentModel":
        """The same reader for texts of which another share is kind than of those it learnt from.

        Args:
            share: Share of kind texts where it will be used; .5 weighs both sides alike.

        Raises:
            ConfigError: The share is not between 0 and 1, or both sides were not seen.

        Source: Elkan (2001), "The foundations of cost-sensitive learning", IJCAI, theorem 2.
        """
        if not 0.0 < share < 1.0 or not 0 < self.kind_rows < self.rows:
            msg = "must lie between 0 and 1, for a model that learnt from kind and unkind texts"
            raise ConfigError(msg, "share")
        learnt = self.kind_rows / self.rows
        moved = log(share / (1.0 - share)) - log(learnt / (1.0 - learnt))
        lists, held, shift, *rest = self.base
        return attrs.evolve(self, base=(lists, held, shift + moved, *rest))

    @cached_property
    def _weight(self) -> Mapping[int, float]:
        return dict(zip(self.at, self.weights, strict=True))

    def _margin(self, text: str) -> float | None:
        found = slots(text, self.size)
        weight = self._weight
        known = [weight[one] for one in found if one in weight]
        lean = leaning(text, self.words)
        if not known and not lean:
            return None
        mean = sum(known) / sqrt(len(found)) if found else 0.0
        return self.base[2] + (self.base[0] * lean if lean else self.base[4]) + mean

    def _told(self, text: str) -> list[tuple[str, float]]:
        """The pieces that say most, with their log-odds."""
        length = sqrt(max(len(slots(text, self.size)), 1))
        found = {piece: self._weight.get(slot(piece, self.size), 0.0) for piece in pieces(text)}
        first = sorted(found.items(), key=lambda one: (-abs(one[1]), one[0]))[:_TOLD]
        return [(piece, weight / length) for piece, weight in first if weight]

    def _belief(self) -> Belief:
        at = [*range(FIRST_PIECE), *(one + FIRST_PIECE for one in self.at)]
        mean = np.array([*self.base[::2], *self.weights])
        firm = np.array([*self.base[1::2], *self.firm])
        return Belief(np.array(at, dtype=np.intp), mean, firm, self.loose)


def as_rows(seen: Labelled, words: Mapping[str, float], size: int) -> Rows:
    """Labelled texts as numbers."""
    kind = np.array(seen.kind, dtype=np.float64)
    lean = [leaning(text, words) for text in seen.texts]
    which: dict[str, int] = {}
    text = [which.setdefault(one, len(which)) for one in seen.texts]
    return Rows.of(lean, [slots(one, size) for one in seen.texts], kind, text)


def with_belief(model: SentimentModel, belief: Belief) -> SentimentModel:
    """The same reader with other weights, in six digits."""
    mean, firm = _digits(belief.mean), _digits(belief.firm)
    return attrs.evolve(
        model,
        at=tuple((belief.at[FIRST_PIECE:] - FIRST_PIECE).tolist()),
        weights=mean[FIRST_PIECE:],
        firm=firm[FIRST_PIECE:],
        loose=float(f"{belief.loose:.6g}"),
        base=tuple(chain.from_iterable(zip(mean[:FIRST_PIECE], firm, strict=False))),
    )


def _digits(values: Floats) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in values.tolist())
