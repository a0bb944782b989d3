"""How does what people typed become the code that a rule reads?"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Literal, cast

import attrs
import numpy as np

from custseg._typing import Codes, Column, Columns, Floats, Index
from custseg.classify.groups.holds import (
    HOLDS,
    NUMBERS,
    PLACES,
    READERS,
    Holds,
    Told,
    codes_of,
    family,
    number_of,
)
from custseg.errors import ConfigError, MissingColumnError, did_you_mean
from custseg.frames import scalar
from custseg.rules import Rule, merged
from custseg.rules.conditions import FieldKind
from custseg.values import categories, places
from custseg.values.places import Level


@attrs.frozen
class Read:
    """A field of a rule that is read from columns as people typed them.

    Each distinct text is read once, by the tables that cleaning stands on: 女士, F and female are
    ``female``; 无, N/A and what the tables lack are missing, so a rule puts them into no group by
    mistake. Of several columns the first that tells something counts; of places, a later column
    may make the answer finer (中国, then 广东), never contradict it.

    Attributes:
        name: The field, as the rule names it.
        columns: Columns and what each holds: ``gender``, ``occupation``, ``industry``, ``gbt4754``
            and ``isic4`` (codes of industries), ``place`` (province, city, address), ``country``,
            ``phone`` and ``phone_cn`` (bare numbers are Chinese), ``birth_date``, ``amount_low``
            and ``amount_high`` (the ends of an income, such as 10-20万).
        words: Texts of your own and the code of each; they go before the tables.
        level: How coarse places are told: ``place`` (provinces of China, other countries),
            ``region`` or ``continent``.

    Raises:
        ConfigError: No column, columns that do not go together, or a code that is not known.

    >>> from custseg.classify import Membership
    >>> from custseg.rules import F, Ladder
    >>> rule = Ladder(((F("sex") == "female", "ladies"),), "others")
    >>> model = Membership("line", rule, reads=(Read("sex", {"性别": "gender"}),)).fit([])
    >>> [model.one({"性别": text})["line"] for text in ("女", "Mrs.", "男", "保密")]
    ['ladies', 'ladies', 'others', 'others']
    """

    name: str
    columns: Mapping[str, Holds]
    words: Mapping[str, str] = attrs.field(factory=dict[str, str])
    level: Level = "region"

    def __attrs_post_init__(self) -> None:
        """Check what the columns hold, and the words."""
        if not self.columns:
            msg = f"the field {self.name!r} is read from no column; name one"
            raise ConfigError(msg)
        for column, holds in self.columns.items():
            if holds not in HOLDS:
                hint = did_you_mean(holds, HOLDS)
                msg = f"column {column!r} cannot hold {holds!r}; there are {list(HOLDS)}.{hint}"
                raise ConfigError(msg)
        if len(set(map(family, self.columns.values()))) > 1:
            msg = f"columns that hold {sorted({*self.columns.values()})} give no one field"
            raise ConfigError(msg)
        known = self._fine
        for text, code in self.words.items():
            if code not in known:
                msg = f"{text!r} stands for {code!r}, which is no code.{did_you_mean(code, known)}"
                raise ConfigError(msg)

    @property
    def kind(self) -> Literal["text", "number", "day"]:
        """What the field is to a rule."""
        return NUMBERS.get(self._holds, "text")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the field can have, in order; none where it is a number or a day."""
        return places.places(self.level) if self._holds in PLACES else self._fine

    @property
    def _holds(self) -> Holds:
        return next(iter(self.columns.values()))

    @property
    def _fine(self) -> tuple[str, ...]:
        """The codes that one column can tell."""
        if self.kind != "text":
            return ()
        return places.places("place") if self._holds in PLACES else codes_of(self._holds)

    def among(self, columns: Iterable[str]) -> "Read":
        """The same field from those columns that a table has.

        Raises:
            MissingColumnError: It has none of them.

        >>> Read("where", {"province": "place", "city": "place"}).among(["id", "city"]).columns
        {'city': 'place'}
        """
        there = tuple(columns)
        kept = {name: holds for name, holds in self.columns.items() if name in there}
        if not kept:
            raise MissingColumnError(next(iter(self.columns)), there)
        return attrs.evolve(self, columns=kept)

    def told(self, column: str, text: str | None) -> Told:
        """What one text of a column says.

        Args:
            column: One of the columns.
            text: The text, or None.

        >>> Read("sex", {"性别": "gender"}).told("性别", "Mrs.")
        Told(value='female', problem=None)
        """
        return self.reader(column)(text)

    def reader(self, column: str) -> Callable[[str | None], Told]:
        """What reads the texts of a column."""
        holds = self.columns[column]
        own = {categories.key(text): code for text, code in self.words.items()}

        def read(text: str | None) -> Told:
            if text is None:
                return Told(None, "missing")
            if holds in NUMBERS:
                return number_of(holds, text)
            if own and (code := own.get(categories.key(text))) is not None:
                return Told(code)
            found = READERS[holds](text)
            return Told(found.key, found.problem or (None if found.key else "missing"))

        return read

    def one(self, record: Mapping[str, object]) -> str | float | None:
        """The field of one record.

        >>> where = Read("where", {"country": "country", "city": "place"})
        >>> where.one({"country": "中国", "city": "深圳"})
        'south_china'
        """
        texts = {column: scalar.text(record[column]) for column in self.columns}
        return self.compiled()(texts)

    def compiled(self) -> Callable[[Mapping[str, Any]], str | float | None]:
        """The field as a function of the texts of one record, for many records one by one.

        >>> read = Read("sex", {"性别": "gender"}).compiled()
        >>> read({"性别": "女士"}), read({"性别": None})
        ('female', None)
        """
        (first, read), *others = [(column, self.reader(column)) for column in self.columns]
        coarse = places.divided() if self._holds in PLACES else frozenset[str]()

        def run(texts: Mapping[str, Any]) -> str | float | None:
            known = read(texts[first]).value
            for column, later in others:
                if known is not None and known not in coarse:
                    break
                value = later(texts[column]).value
                if known is None:
                    known = value
                elif isinstance(value, str):
                    known = places.finer(known, value)
            return self.coarse(known)

        return run

    def coarse(self, code: str | float | None) -> str | float | None:
        """What the rule sees of what a column told: a place at the level asked for."""
        lifts = isinstance(code, str) and self._holds in PLACES
        return places.lifted(code, self.level) if lifts and isinstance(code, str) else code

    def column(self, cols: Columns) -> Column:
        """The field, row by row.

        Args:
            cols: The columns as texts.
        """
        told = [_values(cast("Codes", cols[name]), self.reader(name)) for name in self.columns]
        if self.kind != "text":
            return _first_number(told)
        fine, codes = self._fine, self.codes
        place = {code: i for i, code in enumerate(fine)}
        at, *others = (_recoded(rows, [place.get(v, -1) for v in said]) for rows, said in told)
        for other in others:
            at = _finer(at, other, fine) if self._holds in PLACES else np.where(at < 0, other, at)
        return Codes(_recoded(at, _lifts(self.level)) if self._holds in PLACES else at, codes)


def needs_of(rules: Iterable[Rule], reads: Iterable[Read]) -> dict[str, FieldKind]:
    """The columns that rules read once the fields are read from theirs.

    >>> from custseg.rules import Choice
    >>> needs_of([Choice("sex", (("male", "m"),), "?", "?")], [Read("sex", {"性别": "gender"})])
    {'性别': 'text'}
    """
    given = tuple(reads)
    plain = merged(rule.needs for rule in rules)
    for read in given:
        kind = plain.pop(read.name, read.kind)
        if kind not in {read.kind, "any"}:
            msg = f"field {read.name!r} is read as {read.kind}, and the rule takes it for {kind}"
            raise ConfigError(msg)
    texts: dict[str, FieldKind] = {name: "text" for read in given for name in read.columns}
    return merged((plain, texts))


def fields_of(cols: Columns, reads: Iterable[Read]) -> dict[str, Column]:
    """Columns with the fields that are read from them."""
    return {**cols, **{read.name: read.column(cols) for read in reads}}


@cache
def _lifts(level: Level) -> list[int]:
    """For each place that a column can tell, where it stands among the codes of a level."""
    rank = {code: i for i, code in enumerate(places.places(level))}
    above = (places.lifted(code, level) for code in places.places("place"))
    return [-1 if code is None else rank[code] for code in above]


_Said = tuple[Index, list[Any]]


def _values(column: Codes, read: Callable[[str | None], Told]) -> _Said:
    """What each distinct text says, and where it stands."""
    return column.at, [read(word).value for word in column.words]


def _recoded(at: Index, codes: list[int]) -> Index:
    return np.array([*codes, -1], dtype=np.intp)[at]


def _first_number(told: list[_Said]) -> Floats:
    out = np.full(len(told[0][0]), np.nan)
    for at, values in told:
        found = np.array([*(np.nan if v is None else v for v in values), np.nan])[at]
        out = np.where(np.isnan(out), found, out)
    return out


def _finer(known: Index, other: Index, codes: tuple[str, ...]) -> Index:
    """Of two columns of places the finer, for each pair of what they say."""
    base = len(codes) + 1
    pairs, back = np.unique((known + 1) * base + (other + 1), return_inverse=True)
    place = {code: i for i, code in enumerate(codes)}

    def better(one: int, two: int) -> int:
        if min(one, two) < 0:
            return max(one, two)
        return place[places.finer(codes[one], codes[two])]

    best = [better(pair // base - 1, pair % base - 1) for pair in pairs.tolist()]
    return np.array([*best, -1], dtype=np.intp)[back]
