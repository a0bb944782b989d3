"""Deals of a table as arrays: how each stands on a day, how old it is, what it would bring."""

from collections.abc import Mapping
from typing import Final, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index, Kind
from custseg.features.conventions import Conventions, currency_code, spoken
from custseg.scoring.deals.names import DATES, IDS, DealNames, ended

OPEN, WON, LOST, OVER = range(4)
"""Where a deal stands; ``OVER``: closed, and not said how."""
_STANDS: Final = {"open": OPEN, "won": WON, "lost": LOST, None: OVER}


@attrs.frozen(eq=False)
class Standing:
    """Deals as they stand at the end of a day; NaN where something is unknown.

    Attributes:
        stands: ``OPEN``, ``WON``, ``LOST`` or ``OVER``, as the table says it.
        known: Whether it was opened by that day.
        stage: Stage of a deal that is open, or was where its outcome stands elsewhere.
        age: Days since it was opened, of a closed one until it was closed.
        staying: Days in the stage.
        amount: What it brings, in the company's money.
        over: Days by which the expected close is past.
        moved: Days by which the expected close was put off.
    """

    stands: Index
    known: Bools
    stage: Codes
    age: Floats
    staying: Floats
    amount: Floats
    over: Floats
    moved: Floats


@attrs.frozen
class Reading:
    """How deals are read.

    Attributes:
        names: What the columns are called.
        conventions: How money is counted, and which stages are over.
        stages: Stages as the company writes them: case, blanks and hyphens do not matter.
    """

    names: DealNames
    conventions: Conventions
    stages: tuple[str, ...] = ()

    def needs(self, roles: Mapping[str, str]) -> dict[str, Kind]:
        """What is read of the columns that there are."""
        kinds: dict[str, Kind] = {}
        for role, name in roles.items():
            if role in DATES:
                kinds[name] = "day"
            elif role not in IDS:
                kinds[name] = "number" if role == "amount" else "text"
        return kinds

    def read(self, cols: Columns, size: int, day: Floats) -> Standing:
        """Read columns, each deal on its day.

        Args:
            cols: The columns that there are.
            size: Number of deals.
            day: The day of each, since 1970-01-01; NaN where unknown.
        """
        stage, stands = self._stage(cols, size)
        opened, closed, since, expected, before = (self._day(cols, role, size) for role in DATES)
        later = closed > day
        stands = np.where((stands != OPEN) & later, OPEN, stands)
        stands = np.where((stands == OPEN) & (closed <= day), OVER, stands)
        until = np.where(stands == OPEN, day, closed)
        with np.errstate(invalid="ignore"):
            age = until - opened
            staying = until - since
            staying[since > until] = np.nan
        return Standing(
            stands=stands,
            known=~(opened > day),
            stage=stage,
            age=np.where(age >= 0, age, np.nan),
            staying=staying,
            amount=self._amount(cols, size),
            over=day - expected,
            moved=expected - before,
        )

    def _stage(self, cols: Columns, size: int) -> tuple[Codes, Index]:
        """Stages of deals that are open, and where deals stand."""
        blank = Codes(np.full(size, -1, dtype=np.intp), ())
        stage = self._respelt(cast("Codes", cols.get(self.names.stage, blank)))
        ends = [_STANDS[ended(word, self.conventions)] for word in stage.words]
        by_stage = np.array([*ends, OPEN], dtype=np.int8)[stage.at]
        place = np.array([*range(len(stage.words)), -1], dtype=np.intp)
        place[:-1][np.array(ends, dtype=np.int8) != OPEN] = -1
        reached = attrs.evolve(stage, at=place[stage.at])
        if self.names.outcome is None or self.names.outcome not in cols:
            return reached, by_stage
        told = cast("Codes", cols[self.names.outcome])
        ends = [_STANDS[ended(word, self.conventions)] for word in told.words]
        by_outcome = np.array([*ends, OPEN], dtype=np.int8)[told.at]
        return reached, np.where(by_outcome == OPEN, by_stage, by_outcome)

    def _respelt(self, stage: Codes) -> Codes:
        """Stages by the company's own spelling of them."""
        own = {spoken(word): word for word in self.stages}
        spelt = [own.get(spoken(word), word) for word in stage.words]
        if spelt == [*stage.words]:
            return stage
        words = tuple(dict.fromkeys(spelt))
        place = np.array([*(words.index(word) for word in spelt), -1], dtype=np.intp)
        return Codes(place[stage.at], words)

    def _day(self, cols: Columns, role: str, size: int) -> Floats:
        name = getattr(self.names, role)
        return cast("Floats", cols[name]) if name in cols else np.full(size, np.nan)

    def _amount(self, cols: Columns, size: int) -> Floats:
        """Amounts in the company's money; NaN where there is no rate for their currency."""
        if self.names.amount not in cols:
            return np.full(size, np.nan)
        amount = cast("Floats", cols[self.names.amount])
        amount = np.where(np.isfinite(amount), amount, np.nan)
        if self.names.currency not in cols:
            return amount
        codes = cast("Codes", cols[self.names.currency])
        rates = np.array([*(self.rate(word) for word in codes.words), 1.0])
        with np.errstate(over="ignore"):
            converted: Floats = amount * rates[codes.at]
        return np.where(np.isfinite(converted), converted, np.nan)

    def rate(self, word: str) -> float:
        """What one unit of a currency is worth; NaN where it is not known."""
        code = currency_code(word)
        if code == self.conventions.currency:
            return 1.0
        return self.conventions.rates.get(code, np.nan)
