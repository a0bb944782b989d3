"""How often pairs taken at random agree: from counts of an engine, and a few forms."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Ints
from custseg.frames import Share, Table
from custseg.frames.marks import whole_numbers
from custseg.match.comparing.compared import Compared
from custseg.match.comparing.comparison import Comparison
from custseg.match.comparing.parts import Swapped, halved
from custseg.match.comparing.rates import Sample, drawn, mixing, stands
from custseg.match.inside.asking import Sizes
from custseg.match.inside.marking import (
    BROAD,
    ID,
    broad_column,
    form_column,
    swap_column,
    value_column,
)
from custseg.match.opened import Taught
from custseg.match.reading import Once

SAMPLE: Final = 1500
_FEW: Final = 4 * SAMPLE
"""So many forms are all told: more are looked for where the sample falls."""


@attrs.frozen(eq=False)
class NumberCounts:
    """Work on some rows: how often each form's number occurs, among the broad numbers wanted.

    Attributes:
        wanted: For each comparison that has many forms the broad numbers.
    """

    wanted: Mapping[int, Ints]

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a comparison and number."""
        rows, found = given["rows"], list[tuple[Ints, Ints, Ints]]()
        for place, broad in self.wanted.items():
            mine = np.isin(whole_numbers(rows, broad_column(place)), broad)
            number, times = np.unique(
                whole_numbers(rows, form_column(place))[mine], return_counts=True
            )
            found.append((np.full(len(number), place), number, times))
        places, numbers, times = (
            np.concatenate([np.zeros(0, dtype=np.int64), *(one[i] for one in found)])
            for i in range(3)
        )
        return rows.build({"place": places, "number": numbers, "n": times})


@attrs.frozen(eq=False)
class FormCounts:
    """Work on some rows: the forms with the numbers that are wanted, and how often each occurs.

    Attributes:
        rules: The comparisons.
        wanted: For each comparison the numbers; None takes all.
    """

    rules: Taught
    wanted: Mapping[int, Ints | None]

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a comparison and form."""
        rows, found = given["rows"], list[tuple[int, str, int]]()
        for place, numbers in self.wanted.items():
            one = self.rules.comparisons[place]
            held = whole_numbers(rows, form_column(place))
            mine = held != 0 if numbers is None else np.isin(held, numbers)
            for form, many in _forms(one, rows, mine, self.rules.region):
                found.append((place, form, many))
        forms = Codes(np.arange(len(found), dtype=np.intp), tuple(form for _, form, _ in found))
        return rows.build(
            {
                "place": np.array([place for place, _, _ in found], dtype=np.int64),
                "form": attrs.evolve(forms, plain=True),
                "n": np.array([many for _, _, many in found], dtype=np.int64),
            }
        )


def _forms(
    one: Comparison, rows: Table[Any], mine: Bools, region: str | None
) -> list[tuple[str, int]]:
    table = frames.table(rows.take(np.flatnonzero(mine)))
    side = one.prepare(Once(table.read(dict.fromkeys(one.columns, "text"))), region)
    if not isinstance(side, Compared):
        return []
    forms = side.forms
    counts = np.bincount(forms.at[forms.at >= 0], minlength=len(forms.words))
    return [(forms.words[at], int(counts[at])) for at in np.flatnonzero(counts).tolist()]


@attrs.frozen(eq=False)
class Crosswise:
    """Work on the records whose two parts of a name are alike, whichever stands first.

    Attributes:
        one: The comparison of the part.
        region: Where a phone number without a country code belongs.
    """

    one: Comparison
    region: str | None

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """How many pairs are crosswise the same, in one row."""
        rows = given["rows"]
        columns = Once(rows.read(dict.fromkeys(self.one.columns, "text")))
        side = self.one.prepare(columns, self.region)
        found = side.crosswise() if isinstance(side, Swapped) else 0
        return rows.build({"n": np.array([found], dtype=np.int64)})


@attrs.frozen(eq=False)
class Drawing:
    """A table in an engine of which weights are learnt.

    Attributes:
        rules: The comparisons.
        table: The marks of the records, beside the columns that are compared.
        sizes: How many records share each value and form.
    """

    rules: Taught
    table: Table[Any]
    sizes: Mapping[str, Sizes]

    def rates(self) -> list[Floats]:
        """For each comparison how often pairs taken at random are at each level."""
        mine = [place for place in range(len(self.rules.comparisons)) if self._formed(place)]
        many = [place for place in mine if self.sizes[form_column(place)].distinct > _FEW]
        placed = self._placed(many)
        wanted: dict[int, Ints | None] = {
            place: placed[place].numbers if place in placed else None for place in mine
        }
        forms = self._told(wanted)
        return [
            self._rate(place, forms[place], placed.get(place)) if place in forms else self._own(one)
            for place, one in enumerate(self.rules.comparisons)
        ]

    def _formed(self, place: int) -> bool:
        return form_column(place) in self.table.columns

    def _own(self, one: Comparison) -> Floats:
        """A comparison of one's own is asked with its columns, which are fetched."""
        held = self.table.select(one.columns)
        columns = Once(held.read(dict.fromkeys(one.columns, "text")))
        return one.prepare(columns, self.rules.region).chances()

    def _placed(self, many: Sequence[int]) -> dict[int, "_Placed"]:
        """Where the samples of comparisons with many forms fall."""
        if not many:
            return {}
        broad = {place: self._broad(place) for place in many}
        share = Share(
            self.table,
            ID,
            [name for place in many for name in (form_column(place), broad_column(place))],
        )
        work = NumberCounts({place: found.hit for place, found in broad.items()})
        told = frames.totals({"rows": share}, work)
        places, numbers, times = (whole_numbers(told, n) for n in ("place", "number", "n"))
        return {
            place: broad[place].among(numbers[places == place], times[places == place])
            for place in many
        }

    def _broad(self, place: int) -> "_Broad":
        name = broad_column(place)
        counted = self.table.counted(name)
        numbers, times = whole_numbers(counted, name), whole_numbers(counted, "n")
        kept = numbers > 0
        order = np.argsort(numbers[kept])
        return _Broad(numbers[kept][order], times[kept][order])

    def _told(self, wanted: Mapping[int, Ints | None]) -> dict[int, dict[str, int]]:
        """The forms that are wanted, and how often each occurs."""
        read = [name for place in wanted for name in self.rules.comparisons[place].columns]
        columns = [*read, *(form_column(place) for place in wanted)]
        share = Share(self.table, ID, tuple(dict.fromkeys(columns)))
        told = frames.totals({"rows": share}, FormCounts(self.rules, wanted))
        out: dict[int, dict[str, int]] = {place: {} for place in wanted}
        if not told.size:
            return out
        held: Any = told.read({"form": "text"})["form"]
        texts: list[str] = held.texts()
        places, times = (whole_numbers(told, name).tolist() for name in ("place", "n"))
        for place, form, many in zip(places, texts, times, strict=True):
            out[place][form] = out[place].get(form, 0) + many
        return out

    def _rate(self, place: int, told: Mapping[str, int], placed: "_Placed | None") -> Floats:
        one = self.rules.comparisons[place]
        words = tuple(sorted(told))
        counts = np.array([told[word] for word in words], dtype=np.int64)
        sample = drawn(words, counts, SAMPLE) if placed is None else placed.sample(words, counts)
        empty = Once({name: Codes(np.zeros(0, dtype=np.intp), ()) for name in one.columns})
        side = cast("Compared", one.prepare(empty, self.rules.region))
        known = self.sizes[form_column(place)].records
        agreeing = self.sizes[value_column(place)].agreeing
        exact = float(agreeing) / (float(known) * (known - 1)) if known > 1 else 0.0
        rates = side.among(words).rated(counts, sample, exact)
        if not isinstance(side, Swapped):
            return rates
        return halved(rates, self._crosswise(place, one), known)

    def _crosswise(self, place: int, one: Comparison) -> int:
        share = Share(self.table, swap_column(place), one.columns)
        told = frames.totals({"rows": share}, Crosswise(one, self.rules.region))
        return int(whole_numbers(told, "n").sum()) if told.size else 0


@attrs.frozen(eq=False)
class _Broad:
    """How many records have each broad number, ascending."""

    numbers: Ints
    times: Ints

    @property
    def ends(self) -> Ints:
        return np.cumsum(self.times)

    @property
    def places(self) -> list[Floats]:
        """Where the values of the two sides stand along the records."""
        return list(stands(int(self.times.sum()), SAMPLE))

    @property
    def hit(self) -> Ints:
        """The broad numbers into which a sample falls."""
        at = [np.searchsorted(self.ends, one, "right") for one in self.places]
        return self.numbers[np.unique(np.concatenate(at))]

    def among(self, numbers: Ints, times: Ints) -> "_Placed":
        """The numbers on which the sample falls.

        Args:
            numbers: Numbers within the broad ones that are hit, of all partitions.
            times: How many records have each.
        """
        distinct, at = np.unique(numbers, return_inverse=True)
        count = np.bincount(at, weights=times).astype(np.int64)
        broad = np.searchsorted(self.numbers, -(-distinct // BROAD))
        before = (self.ends - self.times)[broad]
        running = np.cumsum(count) - count
        head = np.searchsorted(broad, broad)
        starts = before + running - running[head]
        ends = starts + count
        taken = [np.searchsorted(ends, one, "right") for one in self.places]
        kept = np.unique(np.concatenate(taken))
        return _Placed(distinct[kept], starts[kept], tuple(self.places))


@attrs.frozen(eq=False)
class _Placed:
    """The numbers on which a sample falls, and how many records stand before each."""

    numbers: Ints
    starts: Ints
    places: tuple[Floats, ...]

    def sample(self, words: Sequence[str], counts: Ints) -> Sample:
        """The sample, among the forms that have these numbers.

        Args:
            words: The forms.
            counts: How many records have each.
        """
        number = mixing(words) + 1
        order = np.lexsort((np.arange(len(words)), number))  # words are sorted: ties by spelling
        number, count = number[order], counts[order]
        running = np.cumsum(count) - count
        head = np.searchsorted(number, number)
        start = self.starts[np.searchsorted(self.numbers, number)]
        ends = start + running - running[head] + count
        left, right = (order[np.searchsorted(ends, one, "right")] for one in self.places)
        first, times = np.unique(left, return_counts=True)
        second, others = np.unique(right, return_counts=True)
        return first, second, (times, others)
