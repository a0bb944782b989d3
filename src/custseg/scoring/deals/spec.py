"""How likely is this deal to be won, what is it worth, and is it stuck? Learnt from past deals."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Columns, Floats, Needs, words
from custseg.errors import ConfigError, DataError
from custseg.features.conventions import Conventions, currency_code
from custseg.features.daynumbers import as_date
from custseg.frames import Table
from custseg.frames.vector import absent
from custseg.scoring.deals.learning import AGE, Past, Prior, learn
from custseg.scoring.deals.model import DealModel
from custseg.scoring.deals.names import DealNames
from custseg.scoring.deals.patience import limits
from custseg.scoring.deals.reading import WON, Reading, Standing
from custseg.scoring.points import check_positive

LIFTS: Final = {"on_track": 0.2, "stuck": 0.5, "slipping": 0.5, "overdue": 0.7}


def _chances(given: Mapping[str, float]) -> Mapping[str, float]:
    return {word: float(chance) for word, chance in given.items()}


@attrs.frozen
class Deals:
    """Score open deals (or leads) by what became of earlier ones.

    The chance to be won is learnt from deals that are over: by the stage that they reached, by
    age, amount and further columns, each only as far as it tells more than chance would, and all
    held towards what you think beforehand. So it says something sensible from the first deal on,
    and is never 0 or 1. Deals that are still open count as far as they go: without them only what
    was quickly decided would be learnt from.

    The stage of a deal that is over must stand in a column of its own (``DealNames.outcome`` says
    how it ended), or is not learnt from. Where stages are used, age is not: the two say much the
    same, and which age came in which stage is not known; too long a stay shows as ``stuck``.

    Attributes:
        columns: Further columns that may tell: texts (product, region, source) and numbers (fit,
            engagement). What tells nothing is left out by itself.
        stages: Stages of open deals in their order, and the chance to be won that you expect in
            each; with it, a lost deal counts in all stages up to its own and a won one in all.
        names: What the columns are called.
        conventions: The company's currency and rates, and its words for stages that are over.
        prior: Chance to be won that you expect of any deal.
        prior_deals: How many past deals that counts as.
        stuck_after: Share of won deals: a deal that is in its stage longer than so many of them
            were is stuck; where stays are not known, one that is open longer.
        lifts: By how much a call today raises the log-odds of a deal, by its state: what the order
            of calls rests on. House values, to be replaced by what you measure.

    Raises:
        ConfigError: A chance is not strictly between 0 and 1, or another number is impossible; or
            one of ``columns`` is a stage, an amount, a day or an end.

    >>> past = [
    ...     {
    ...         "stage": "won" if i % 3 else "lost",
    ...         "amount": 100.0 * (i % 3),
    ...         "opened_at": "2026-01-05",
    ...         "closed_at": f"2026-0{2 + i % 4}-01",
    ...     }
    ...     for i in range(300)
    ... ]
    >>> model = Deals().fit(past, as_of="2026-06-30")
    >>> deal = {"stage": "offer", "amount": 200.0, "opened_at": "2026-06-20", "closed_at": None}
    >>> said = model.one(deal)
    >>> round(said["win_probability"], 2), said["deal_state"], said["deal_age_days"]
    (0.94, 'on_track', 10.0)
    """

    columns: tuple[str, ...] = attrs.field(default=(), converter=words)
    stages: Mapping[str, float] = attrs.field(factory=dict[str, float], converter=_chances)
    names: DealNames = attrs.field(factory=DealNames, kw_only=True)
    conventions: Conventions = attrs.field(factory=Conventions, kw_only=True)
    prior: float = attrs.field(default=0.25, converter=float, kw_only=True)
    prior_deals: float = attrs.field(default=20.0, converter=float, kw_only=True)
    stuck_after: float = attrs.field(default=0.8, converter=float, kw_only=True)
    lifts: Mapping[str, float] = attrs.field(
        factory=lambda: dict(LIFTS), converter=_chances, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        chances = {"prior": self.prior, "stuck_after": self.stuck_after, **self.stages}
        if wrong := {name: chance for name, chance in chances.items() if not 0 < chance < 1}:
            msg = f"chances and shares are strictly between 0 and 1, got {wrong}"
            raise ConfigError(msg)
        check_positive("prior_deals", self.prior_deals)
        self._check_columns()
        if set(self.lifts) != set(LIFTS) or any(not 0 <= x < 100 for x in self.lifts.values()):  # noqa: PLR2004
            msg = f"lifts are log-odds of 0 or more for {list(LIFTS)}, got {dict(self.lifts)}"
            raise ConfigError(msg, "lifts")

    def _check_columns(self) -> None:
        """Refuse columns that say how it ended, or that are read already."""
        roles = {f.name: getattr(self.names, f.name) for f in attrs.fields(DealNames)}
        free = (roles["currency"], roles["customer"])
        if read := sorted(set(self.columns) & {AGE, *roles.values()} - {*free}):
            msg = f"{read} are read as stages, amounts, days or ends of deals already; further "
            msg += "columns are others"
            raise ConfigError(msg, "columns")

    def fit(self, history: object, *, as_of: date | str | None = None) -> DealModel:
        """Learn from past deals; without any the model says what you think beforehand.

        Args:
            history: Deals, closed ones and open ones, one a row. Nothing after ``as_of`` matters:
                a deal closed later is open, and one opened later is left out.
            as_of: The last day that counts, and the day that the model is for (see
                ``DealModel.on``). Without it the last day of the table counts, and each deal that
                is asked about says its day in a column ``as_of``.

        Raises:
            MissingColumnError: One of ``columns`` is missing, or nothing says how deals ended.
            DataError: Amounts are in several currencies and there are no rates, or a deal has
                several rows.
        """
        table = frames.table(history)
        until = None if as_of is None else self.conventions.day(as_of)
        reading = Reading(self.names, self.conventions, tuple(self.stages))
        ends = self.names.outcome or self.names.stage
        if table.columns:
            self.names.need("outcome" if self.names.outcome else "stage", table.columns)
            table.require(self.columns)
            table = self._so_far(table, until)
        if not table.columns:  # a list without records has none
            return self._model(reading, self._blank(reading), {}, until)
        needs: Needs = reading.needs(self.names.there(table.columns))
        cols = table.select((*needs, *self.columns)).read(needs)
        reading = attrs.evolve(reading, conventions=self._home(cols.get(self.names.currency)))
        size = len(absent(cols[ends]))
        day = np.full(size, self._last(cols) if until is None else float(until))
        standing = reading.read(cols, size, day)
        return self._model(reading, standing, _further(table, self.columns), until)

    def _so_far(self, table: Table[Any], until: int | None) -> Table[Any]:
        """Deals that were opened by the day, each of them once.

        Raises:
            DataError: Some come twice.
        """
        names = self.names.there(table.columns)
        if until is not None and "opened" in names:
            opened = cast("Floats", table.read({names["opened"]: "day"})[names["opened"]])
            if (opened > until).any():
                table = frames.table(table.take(np.flatnonzero(~(opened > until))))
        if "deal" in names:
            at = table.keys(names["deal"]).at
            if twice := int(np.count_nonzero(np.bincount(at[at >= 0]) > 1)):
                msg = f"{twice} deals have several rows; give one row a deal, the latest, or say "
                msg += "DealNames(deal='') where this is no id"
                raise DataError(msg, names["deal"])
        return table

    def _last(self, cols: Columns) -> float:
        """The last day on which anything happened."""
        dated = [cols[name] for name in (self.names.opened, self.names.closed) if name in cols]
        days = np.concatenate([np.full(1, -np.inf), *cast("list[Floats]", dated)])
        return float(np.nanmax(days))

    def _blank(self, reading: Reading) -> Standing:
        return reading.read({}, 0, np.empty(0))

    def _model(
        self, reading: Reading, standing: Standing, columns: Mapping[str, Any], until: int | None
    ) -> DealModel:
        past = Past(standing, columns, self.names.amount, self.names.stage)
        prior = Prior(self.prior, self.prior_deals, self.stages)
        found = learn(past, prior, self.names.outcome or self.names.stage)
        by_stage, overall = limits(standing, self.stuck_after)
        return DealModel(
            reading=reading,
            card=found.card,
            chance=found.chance,
            stage_limits=by_stage,
            age_limit=overall,
            typical=_typical(standing),
            lifts=self.lifts,
            as_of=None if until is None else as_date(until),
        )

    def _home(self, column: object) -> Conventions:
        """The conventions with the company's currency: the only one, where it is not said.

        Raises:
            DataError: There are several and no rates.
        """
        how = self.conventions
        seen = {currency_code(w) for w in column.words} if isinstance(column, Codes) else set[str]()
        if how.currency is None and len(seen) == 1:
            return attrs.evolve(how, currency=next(iter(seen)))
        if unknown := sorted(seen - {*how.rates, how.currency}):
            msg = f"holds amounts in {unknown} and there is no rate for them; say "
            msg += "Conventions(currency=..., rates={...}), or leave these deals out"
            raise DataError(msg, self.names.currency)
        return how


def _further(table: Table[Any], columns: tuple[str, ...]) -> dict[str, Any]:
    """Further columns: numbers where all are numbers, else texts."""
    read: dict[str, Any] = {}
    for name in columns:
        try:
            read |= table.read({name: "number"})
        except DataError:
            read |= table.read({name: "text"})
    return read


def _typical(standing: Standing) -> float | None:
    """The median amount of deals that were won."""
    amount: Floats = standing.amount[(standing.stands == WON) & standing.known]
    known = np.sort(amount[~np.isnan(amount)])
    return float(known[(len(known) - 1) // 2]) if len(known) else None
