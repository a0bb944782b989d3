"""One table's side of a comparison: levels of pairs of rows, through pairs of distinct values."""

from collections.abc import Callable, Mapping
from math import fsum
from typing import Final, Self, TypeAlias

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index, Ints
from custseg.match.comparing.forms import Facet, Forms, whole
from custseg.match.comparing.rates import Sample, drawn, exact_rate, shared
from custseg.match.comparing.signs import NO, Levels, Sign
from custseg.match.reading import Once, normal, texts
from custseg.match.told import Told

Shape: TypeAlias = Callable[[str], str | None]
"""What brings one typed value to the form that is compared."""

_CHUNK: Final = 1 << 20
_ROWS: Final = 512
# A grid of so many distinct values takes 36 MB; a grid compares some 15 times faster than pairs.
_FEW: Final = 6_000
_FASTER: Final = 15
# Sorting pairs to find the distinct ones costs about a third of comparing them.
_WORTH: Final = 0.6
_PROBE: Final = 64


@attrs.frozen
class Ladder:
    """How two forms are graded: the same key is the best level, then what the signs say.

    Attributes:
        signs: The signs; each gives a level or none, and the best of them counts. A sign must not
            depend on which of two values is first.
        levels: How many levels there are; the last is what is left.
        key: What is the same at the best level; a form without a key never reaches it.

    >>> from custseg.match import Alike
    >>> Ladder((Alike(((2, 0.92), (3, 0.8))),), levels=4).levels
    4
    """

    signs: tuple[Sign, ...]
    levels: int
    key: Facet = whole

    @property
    def ordered(self) -> tuple[Sign, ...]:
        """The signs, those that can reach the best levels first."""
        return tuple(sorted(self.signs, key=lambda sign: sign.best))


class Compared:
    """A column of forms with the ladder that grades them; a `Prepared` of one column.

    >>> from custseg.match.comparing.strings import Edited
    >>> column = Codes(np.array([0, 1, 2, -1]), ("1234", "1243", "9876"))
    >>> ladder = Ladder((Edited(((2, 1, 4),)),), levels=3)
    >>> side = Compared(column, ladder, "phone", whole)
    >>> side.levels(np.array([0, 0, 0, 0]), np.array([0, 1, 2, 3])).tolist()
    [1, 2, 3, 0]
    >>> side.levels_of({"phone": "1234"}, np.array([1, 3])).tolist()
    [2, 0]
    """

    def __init__(self, column: Codes, ladder: Ladder, name: str, shape: Shape) -> None:
        """Take a column of forms.

        Args:
            column: The forms row by row.
            ladder: What grades two of them.
            name: What the column is called in a record.
            shape: What brings a record's value to its form.
        """
        self._at, self._forms = column.at, Forms(column.words)
        self._ladder, self._signs = ladder, ladder.ordered
        self._best = [(sign.best, sign) for sign in ladder.ordered]
        self._name, self._shape = name, shape
        self._known: Levels | None = None
        self._codes: Codes | None = None

    @classmethod
    def of(cls, columns: Once, name: str, shape: Shape, ladder: Ladder) -> Self:
        """One column of a table that was read as text.

        Args:
            columns: What was read.
            name: The column.
            shape: What brings a typed value to the form that is compared; None is missing.
            ladder: What grades two forms.

        Raises:
            ConfigError: The column was read as something else.
        """
        return cls(normal(texts(columns, name), shape), ladder, name, shape)

    def share(self, facet: Facet, made: Callable[[], Codes]) -> None:
        """Take a facet from where it is worked out row by row, when it is asked for.

        Args:
            facet: The facet; what is shared must be what it gives.
            made: What gives it.
        """
        self._forms.share(facet, lambda: (self._at, made()))

    @property
    def codes(self) -> Codes:
        """The key of each record, -1 where it has none."""
        if self._codes is None:
            self._codes = self._keys()
        return self._codes

    def levels(self, left: Index, right: Index) -> Levels:
        """The level of each pair of rows."""
        found = np.zeros(len(left), dtype=np.int8)
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = self._of_rows(self._at[left[part]], self._at[right[part]])
        return found

    def grid(self, left: Index, right: Index) -> Levels:
        """The level of each of some distinct forms with each of others."""
        keys = self._forms.codes(self._ladder.key)
        found = np.full((len(left), len(right)), self._ladder.levels, dtype=np.int8)
        for sign in self._signs:
            np.minimum(found, sign.grid(self._forms, left, right), out=found)
        a, b = keys[left][:, None], keys[right][None, :]
        found[(a == b) & (a >= 0)] = 1
        return found

    def chances(self, sample: int = 1500) -> Floats:
        """How often pairs taken at random are at each level, from the best on.

        The share of the best level is exact, those of the others come from a grid of values drawn
        evenly by their counts. Pairs of one customer are among the pairs taken at random.

        Args:
            sample: How many distinct values to compare with one another.
        """
        counts = np.bincount(self._at[self._at >= 0], minlength=len(self._forms))
        exact = exact_rate(self.codes, int(counts.sum()))
        return self.rated(counts, drawn(self._forms.words, counts, sample), exact)

    def rated(self, counts: Ints, sample: Sample, exact: float) -> Floats:
        """How often pairs taken at random are at each level, from a sample of the forms.

        Args:
            counts: How many records have each form.
            sample: What was drawn of them.
            exact: The share of the best level among all pairs.
        """
        tally = self._tally(*sample) - self._selves(*sample, counts)
        return shared(tally[1:], exact)

    def among(self, forms: tuple[str, ...]) -> "Compared":
        """The same comparison of other forms, each in a row of its own.

        Args:
            forms: Distinct forms.
        """
        every = Codes(np.arange(len(forms), dtype=np.intp), forms, plain=True)
        return Compared(every, self._ladder, self._name, self._shape)

    @property
    def forms(self) -> Codes:
        """The form of each record that is compared, -1 where it has none."""
        return Codes(self._at, self._forms.words, plain=True)

    def levels_of(self, values: Mapping[str, str | None], rows: Index) -> Levels:
        """The level of one record with each of some rows."""
        form = self._form(values)
        if form is None:
            return np.zeros(len(rows), dtype=np.int8)
        at: list[int] = self._at[rows].tolist()
        words = self._forms.words
        distinct = {place: words[place] for place in at if place >= 0}
        found = self._of_record(form, (*distinct.values(),))
        level = dict(zip(distinct, found, strict=True))
        return np.array([level.get(place, 0) for place in at], dtype=np.int8)

    def key_of(self, values: Mapping[str, str | None]) -> str | None:
        """What is counted of one record to know how common its value is; None if it has none.

        Args:
            values: The record's values as text, by column.
        """
        form = self._form(values)
        return None if form is None else self._ladder.key(form)

    def _form(self, values: Mapping[str, str | None]) -> str | None:
        if isinstance(values, Told):
            return values.form(self._name, self._shape)
        text = values.get(self._name)
        return None if text is None else self._shape(text)

    def _of_record(self, form: str, words: tuple[str, ...]) -> list[int]:
        """The levels of one form with a few others."""
        found = self._exact(form, words)
        left = [place for place, level in enumerate(found) if level > 1]
        forms = Forms(words if left else ())
        for best, sign in self._best:
            if not left:
                break
            levels = sign.one(forms, form, left)
            news = [(place, new) for place, new in zip(left, levels, strict=True) if new != NO]
            for place, new in news:
                found[place] = min(new, found[place])
            if news:
                # The better signs come first: what they settled need not be looked at again.
                left = [place for place in left if found[place] > best]
        return found

    def _exact(self, form: str, words: tuple[str, ...]) -> list[int]:
        """The best level where a form has the same key, the last elsewhere."""
        key, worst = self._ladder.key, self._ladder.levels
        mine = key(form)
        if mine is None:
            return [worst] * len(words)
        return [1 if word == form or key(word) == mine else worst for word in words]

    def _of_rows(self, a: Index, b: Index) -> Levels:
        known = (a >= 0) & (b >= 0)
        found = np.where(known, np.int8(self._ladder.levels), np.int8(0))
        keys = np.append(self._forms.codes(self._ladder.key), -1)
        same = (keys[a] == keys[b]) & (keys[a] >= 0)
        found[same] = 1
        rest = np.flatnonzero(known & ~same)
        if len(rest) and self._signs:
            found[rest] = self._of_forms(a[rest], b[rest])
        return found

    def _of_forms(self, a: Index, b: Index) -> Levels:
        """The levels of pairs of forms whose keys differ."""
        size = len(self._forms)
        if self._known is None and size <= _FEW and size * size < _FASTER * 2 * len(a):
            self._known = self._matrix()
        if self._known is not None:
            return self._known[a, b]
        pair = np.minimum(a, b).astype(np.int64) * size + np.maximum(a, b)
        if not _repeat(pair):
            return self._graded(a, b)
        pairs, place = np.unique(pair, return_inverse=True)
        first, second = np.divmod(pairs, size)
        return self._graded(first, second)[place]

    def _graded(self, a: Index, b: Index) -> Levels:
        level = np.full(len(a), self._ladder.levels, dtype=np.int8)
        for sign in self._signs:
            # The better signs come first: what they settled need not be looked at again.
            at = np.flatnonzero(level > sign.best)
            if len(at) == len(a):
                np.minimum(level, sign.pairs(self._forms, a, b), out=level)
            elif len(at):
                level[at] = np.minimum(level[at], sign.pairs(self._forms, a[at], b[at]))
        return level

    def _matrix(self) -> Levels:
        size = len(self._forms)
        every = np.arange(size)
        known = np.empty((size, size), dtype=np.int8)
        for start in range(0, size, _ROWS):
            rows = every[start : start + _ROWS]
            known[start : start + _ROWS, start:] = self.grid(rows, every[start:])
            known[start:, start : start + _ROWS] = known[start : start + _ROWS, start:].T
        return known

    def _tally(self, left: Index, right: Index, times: tuple[Ints, Ints]) -> Floats:
        """How many pairs of a sample are at each level."""
        tally = np.zeros(self._ladder.levels + 1)
        for start in range(0, len(left), _ROWS):
            part = slice(start, start + _ROWS)
            weight = times[0][part][:, None] * times[1][None, :]
            grid = self.grid(left[part], right)
            tally += np.bincount(grid.ravel(), weight.ravel(), minlength=len(tally))
        return tally

    def _selves(self, left: Index, right: Index, times: tuple[Ints, Ints], counts: Ints) -> Floats:
        """How many of them are a record with itself, at each level."""
        both, one, other = np.intersect1d(left, right, return_indices=True)
        keyed = self._forms.codes(self._ladder.key)[both] >= 0
        level = np.where(keyed, 1, self._graded(both, both))
        weight = times[0][one] * times[1][other] / np.maximum(counts[both], 1)
        # Exact sums: which form comes first does not matter.
        parts = (weight[level == one].tolist() for one in range(self._ladder.levels + 1))
        return np.array([fsum(part) for part in parts])

    def _keys(self) -> Codes:
        column = Codes(self._at, self._forms.words, plain=True)
        if self._ladder.key is whole:
            return column
        at = np.append(self._forms.codes(self._ladder.key), -1)
        texts = self._forms.texts(self._ladder.key)
        words = tuple(dict.fromkeys(text for text in texts if text is not None))
        return Codes(at[column.at].astype(np.intp), words, plain=True)


def _repeat(pair: Ints) -> bool:
    """Whether many pairs come again, judged by those whose number falls on one place in 64."""
    mixed = (pair * np.int64(0x9E3779B97F4A7C1 | 1)) >> np.int64(40)
    probe = pair[mixed % _PROBE == 0]
    return len(np.unique(probe)) < _WORTH * len(probe)
