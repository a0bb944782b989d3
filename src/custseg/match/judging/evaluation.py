"""How well records were matched, held against the truth."""

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames.held import Held, held
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.judging.agreement import Agreement
from custseg.showing import Shown, heads


@attrs.frozen
class Rates(Shown):
    """What was found of what is true, and how much of what was found is true.

    Attributes:
        precision: The share of what was found that is right; NaN where nothing was found.
        recall: The share of what is right that was found; NaN where there is nothing to find.

    >>> Rates(1.0, 0.5).f1
    0.6666666666666666
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float | None]:
        """Plain data; None where there is nothing to tell."""
        numbers = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: None if np.isnan(one) else one for name, one in numbers.items()}

    def text(self) -> str:
        """The three numbers, three digits each."""
        return " / ".join(f"{one:.3f}" for one in (self.precision, self.recall, self.f1))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        row = [f"{one:.3f}" for one in (self.precision, self.recall, self.f1)]
        return html_table(heads(locale, "precision", "recall", "f1"), [row])


@attrs.frozen
class Evaluation(Shown):
    """Found customers against true ones.

    Attributes:
        records: Records whose truth is known.
        unknown: Records whose truth is not known; they count nowhere.
        found: Customers that were found.
        true: Customers that there are.
        pairs: Of pairs of records that were put together.
        clusters: Of whole customers, each exactly its records.
        b3: As each record sees it, averaged (B-cubed).
        split: True customers that were found in several pieces.
        joined: Found customers that are several true ones.
        largest: The most records that were put together.

    >>> right = evaluate([{"entity_id": 1, "truth": "a"}, {"entity_id": 1, "truth": "a"}], "truth")
    >>> right.pairs.f1, right.split, right.joined
    (1.0, 0, 0)
    """

    records: int
    unknown: int
    found: int
    true: int
    pairs: Rates
    clusters: Rates
    b3: Rates
    split: int
    joined: int
    largest: int

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        plain = attrs.asdict(self, recurse=False)
        kinds = ("pairs", "clusters", "b3")
        return {**plain, **{kind: getattr(self, kind).as_dict() for kind in kinds}}

    def text(self, locale: str = "en") -> str:
        """Lines to read: precision, recall and F1 of pairs, customers and records."""
        return "\n".join(f"{head}: {said}" for head, said in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        for name in ("records", "unknown", "found", "true"):
            yield label(f"judging.{name}", locale), f"{getattr(self, name):,}"
        for name in ("pairs", "clusters", "b3"):
            yield label(f"judging.{name}", locale), getattr(self, name).text()
        for name in ("split", "joined", "largest"):
            yield label(f"judging.{name}", locale), f"{getattr(self, name):,}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


def evaluate(table: object, truth: str, *, entity: str = "entity_id") -> Evaluation:
    """Hold the customers that were found against the true ones.

    Args:
        table: Records or a table with both columns. A record without a found customer is one of
            its own; one whose truth is missing is left out and counted.
        truth: The column that says which customer each record truly is.
        entity: The column that says which customer it was taken for.

    Returns:
        Precision and recall of pairs, of whole customers and as each record sees them.

    Raises:
        MissingColumnError: A column is not there.
        ConfigError: The truth is no name of a column.
        NotEnoughDataError: No record's truth is known.

    Source: pairwise precision and recall as in Christen, Data Matching (2012), chapter 7; B-cubed
    after Bagga and Baldwin (1998).

    >>> people = [
    ...     {"entity_id": 1, "truth": "a"},
    ...     {"entity_id": 1, "truth": "a"},
    ...     {"entity_id": 3, "truth": "a"},
    ... ]
    >>> evaluate(people, "truth").pairs.text()
    '1.000 / 0.333 / 0.500'
    """
    opened = frames.table(table)
    _columns(truth, entity)
    opened.require((truth, entity))
    right = held(opened, truth)
    known = np.flatnonzero(right.at >= 0)
    if not len(known):
        msg = f"no record says in {truth!r} who it truly is: there is nothing to hold against"
        raise NotEnoughDataError(msg)
    met = Agreement.of(grouped(held(opened, entity))[known], right.at[known])
    return _judged(met, len(right.at) - len(known))


def _columns(*names: object) -> None:
    if not all(isinstance(name, str) for name in names):
        msg = "name the columns: put the truth into the table as a column of its own"
        raise ConfigError(msg, "truth")


def grouped(ids: Held) -> Index:
    """The group of each row; one without an id is a group of its own."""
    at, alone = ids.at.copy(), ids.at < 0
    at[alone] = len(ids.uniques) + np.arange(int(alone.sum()))
    return at


def _judged(met: Agreement, unknown: int) -> Evaluation:
    mine, theirs = np.count_nonzero(met.found_sizes), np.count_nonzero(met.true_sizes)
    return Evaluation(
        records=int(met.shared.sum()),
        unknown=unknown,
        found=int(mine),
        true=int(theirs),
        pairs=rates(met.together, met.found_pairs, met.true_pairs),
        clusters=rates(met.whole, int(mine), int(theirs)),
        b3=Rates(*met.b3),
        split=len(met.split),
        joined=len(met.joined),
        largest=int(met.found_sizes.max()),
    )


def rates(right: int, found: int, true: int) -> Rates:
    """Precision and recall from counts.

    Args:
        right: What was found and is right.
        found: What was found.
        true: What is right.

    >>> rates(1, 2, 4).recall
    0.25
    """
    nan = float("nan")
    return Rates(right / found if found else nan, right / true if true else nan)
