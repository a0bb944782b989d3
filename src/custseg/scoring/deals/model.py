"""Open deals scored: chance to be won, expected value, what a call is worth, what is stuck."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Columns, Days, Floats, Gives, Index, Needs, Record
from custseg.features.daynumbers import as_date, day_of
from custseg.frames.vector import evaluated
from custseg.model import RowModel
from custseg.rules import Rule
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.deals.learning import AGE
from custseg.scoring.deals.reading import OPEN, Reading, Standing
from custseg.scoring.deals.telling import DealExplanation, about_state, stuck, told

STATES: Final = ("on_track", "stuck", "slipping", "overdue", "closed")
_MILLION: Final = 1_000_000
_CENTS: Final = 100


@attrs.frozen(kw_only=True)
class DealModel(RowModel):
    """Deals scored by what became of earlier ones, ready to apply.

    Adds

    - ``win_probability``: chance to be won, in whole millionths, never 0 and never 1;
    - ``expected_value``: that chance times the amount, in the company's money, to the cent;
    - ``expected_gain``: what a call today is expected to add to it; where the amount is not known,
      that of a typical deal stands for it;
    - ``deal_state``: ``overdue`` (the expected close is past), ``slipping`` (it has been put off),
      ``stuck`` (longer in its stage than most won deals were), ``on_track``, or ``closed``;
    - ``deal_age_days`` and ``deal_stage_days``: days since it was opened, and in its stage.

    Of deals that are closed only that is said, of deals that are opened later nothing. An amount in
    a currency without a rate is not known.

    Attributes:
        reading: How deals are read.
        card: Points of stages, ages, amounts and what else tells; ``None``: nothing tells yet.
        chance: Chance to be won of any deal.
        stage_limits: Days after which a deal is stuck, by stage,
        age_limit: and of its whole age where its stage has none.
        typical: Amount of a typical deal.
        lifts: By how much a call raises the log-odds, by state.
        as_of: The day; ``None``: the column ``as_of`` of each row says it.

    >>> from custseg.scoring import Deals
    >>> model = Deals(stages={"offer": 0.3, "contract": 0.8}).fit([]).on("2026-06-30")
    >>> said = model.one({"stage": "contract", "amount": 1000})
    >>> said["win_probability"], said["expected_value"]
    (0.8, 800.0)
    """

    schema_version: ClassVar[int] = 1

    reading: Reading
    card: Scorecard | None
    chance: float
    stage_limits: Mapping[str, float]
    age_limit: float | None
    typical: float | None
    lifts: Mapping[str, float]
    as_of: date | None = None

    def on(self, as_of: date | str) -> "DealModel":
        """The same model for another day.

        >>> from custseg.scoring import Deals
        >>> Deals().fit([]).on("2026-06-30").as_of
        datetime.date(2026, 6, 30)
        """
        return attrs.evolve(self, as_of=as_date(self.reading.conventions.day(as_of)))

    @property
    def needs(self) -> Needs:
        """The columns of deals, what the card reads, and the day."""
        names = self.reading.names
        roles = {f.name: getattr(names, f.name) for f in attrs.fields(type(names))}
        read = self.reading.needs({role: name for role, name in roles.items() if name})
        card = {} if self.card is None else dict(self.card.needs)
        card.pop(AGE, None)
        day: Needs = {} if self.as_of else {"as_of": "day"}
        return {**card, **read, **day}

    @property
    def optional(self) -> frozenset[str]:
        """All but the day, and what the past had: what its chances, amounts, ages are read from."""
        names = self.reading.names
        card = set[str]() if self.card is None else set(self.card.needs)
        if AGE in card or self.age_limit is not None:
            card.add(names.opened)
        if self.typical is not None:
            card.add(names.amount)
        return frozenset(self.needs) - card - {"as_of"}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        return {
            "win_probability": "number",
            "expected_value": "number",
            "expected_gain": "number",
            "deal_state": STATES,
            "deal_age_days": "number",
            "deal_stage_days": "number",
        }

    @cached_property
    def _chance_rule(self) -> Rule | None:
        return None if self.card is None else self.card.rules()["probability"]

    def kernel(self, cols: Columns) -> Columns:
        """Read the deals, and answer for those that are open."""
        day = self._days(cols)
        deals = self.reading.read(cols, len(day), day)
        live: Bools = (deals.stands == OPEN) & deals.known & ~np.isnan(day)
        chance = np.where(live, self._chances(cols, deals), np.nan)
        state = self._states(deals, live, ~np.isnan(day))
        typical = np.nan if self.typical is None else self.typical
        amount = np.where(np.isnan(deals.amount), typical, deals.amount)
        return {
            "win_probability": chance,
            "expected_value": _cents(chance * deals.amount),
            "expected_gain": _cents(amount * self._gains(chance, state)),
            "deal_state": Codes(state, STATES),
            "deal_age_days": np.where(live, deals.age, np.nan),
            "deal_stage_days": np.where(live, deals.staying, np.nan),
        }

    def _days(self, cols: Columns) -> Floats:
        if self.as_of is None:
            return cast("Floats", cols["as_of"])
        column = next(iter(cols.values()))
        size = len(column.at if isinstance(column, Codes | Days) else column)
        return np.full(size, float(day_of(self.as_of)))

    def _chances(self, cols: Columns, deals: Standing) -> Floats:
        if self._chance_rule is None:
            whole = round(self.chance * _MILLION) / _MILLION
            return np.full(len(deals.age), whole)
        names = self.reading.names
        seen = {**cols, names.stage: deals.stage, names.amount: deals.amount, AGE: deals.age}
        return cast("Floats", evaluated(self._chance_rule, seen, len(deals.age)))

    def _states(self, deals: Standing, live: Bools, dated: Bools) -> Index:
        """Places in ``STATES``; -1 where nothing is known to judge by."""
        limit = np.array([*(self.stage_limits.get(w, np.nan) for w in deals.stage.words), np.nan])
        own = limit[deals.stage.at]
        whole = np.nan if self.age_limit is None else self.age_limit
        by_stage = ~np.isnan(own) & ~np.isnan(deals.staying)
        with np.errstate(invalid="ignore"):
            stuck = np.where(by_stage, deals.staying > own, deals.age > whole)
            late, put_off = deals.over > 0, deals.moved > 0
        known = by_stage | (~np.isnan(deals.age) & ~np.isnan(whole)) | ~np.isnan(deals.over)
        state: Index = np.where(known, STATES.index("on_track"), -1)
        for name, hit in (("stuck", stuck), ("slipping", put_off), ("overdue", late)):
            state = np.where(hit, STATES.index(name), state)
        shut = np.where(dated & deals.known & ~live, STATES.index("closed"), -1)
        return np.where(live, state, shut).astype(np.int8)

    def _gains(self, chance: Floats, state: Index) -> Floats:
        """By how much a call raises the chance; a deal of which no state is known is on track."""
        lifts = np.array([*(self.lifts.get(s, 0.0) for s in STATES), self.lifts["on_track"]])
        times = np.exp(lifts)[state]
        lifted: Floats = chance * times / (1.0 - chance + chance * times)
        return lifted - chance

    def explain(self, record: Record) -> DealExplanation:
        """Why the chance is what it is, and what state the deal is in.

        Args:
            record: One deal.

        Raises:
            MissingColumnError: A needed key is missing.

        >>> from custseg.scoring import Deals
        >>> model = Deals(stages={"offer": 0.3, "contract": 0.8}).fit([]).on("2026-06-30")
        >>> print(model.explain({"stage": "contract", "expected_close": "2026-06-20"}).text())
        chance to be won: 80%, overdue
          - the expected close is past
          - stage: 17.92 points above the usual
        """
        given = frames.as_mapping(record)
        decision = {name: answer for name, answer in self.one(given).items() if name in self.gives}
        deals, seen = self._seen(given)
        limit = self.stage_limits.get(deals.stage.texts()[0] or "")
        staying = limit is not None and not np.isnan(deals.staying[0])
        state = about_state(
            decision["deal_state"],
            stuck(
                limit if staying else self.age_limit,
                float((deals.staying if staying else deals.age)[0]),
                staying=staying,
            ),
            late=float(deals.over[0]),
            moved=float(deals.moved[0]),
        )
        live = decision["win_probability"] is not None
        why = None if self.card is None or not live else self.card.explain(seen)
        return told(decision, state, why)

    def _seen(self, record: Record) -> tuple[Standing, dict[str, object]]:
        """One record as its card sees it."""
        table = frames.table([record])
        there: Needs = {
            name: kind
            for name, kind in self.needs.items()
            if name in record or name not in self.optional
        }
        cols = table.read(there)
        deals = self.reading.read(cols, 1, self._days(cols))
        names = self.reading.names
        own = {
            names.stage: deals.stage.texts()[0],
            names.amount: float(deals.amount[0]),
            AGE: float(deals.age[0]),
        }
        return deals, {**record, **own}


def _cents(money: Floats) -> Floats:
    with np.errstate(over="ignore"):
        cents = np.rint(money * _CENTS) / _CENTS
    return np.where(np.isinf(cents), money, cents)
