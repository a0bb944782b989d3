"""Whose money is at risk? Customers who are slipping, found where they are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Columns, Floats, Index, Ints, Needs
from custseg.features.consent import contactable
from custseg.frames import Share, Table
from custseg.lifetime.purchases import PurchaseModel
from custseg.pipeline import Run
from custseg.values.columns import contact_flag, kind_of

TOP: Final = 10
"""How many are named."""

LIKELY: Final = 0.5
"""The chance of no purchase from which on a customer counts as slipping."""

_PEOPLE: Final = "people"
_HISTORY: Final = ("frequency", "recency_days", "tenure_days")
_USUAL: Final = 90.0
_RECENT, _ALL = "revenue_365d", "revenue"
_LIFECYCLE, _FINER, _TIER, _OWNER = "lifecycle", "lifecycle_state", "tier", "owner"
_NAMES: Final = ("person", "name", "company")


@attrs.frozen
class Named:
    """A customer who needs attention.

    Attributes:
        customer: The id, as text.
        lifecycle: Its state.
        tier: Its tier.
        owner: Who looks after it.
        chance: The chance of no purchase within the horizon; ``None``: no model tells it.
        name: Its name; only where values may be shown, as all that follows.
        units: Its money, in whole 1/10000.
        at_risk: Its money at risk.
        silent: Days since its last purchase.
    """

    customer: str
    lifecycle: str | None
    tier: str | None
    owner: str | None
    chance: float | None
    name: str | None = None
    units: int | None = None
    at_risk: int | None = None
    silent: float | None = None


@attrs.frozen
class Rule:
    """By which rule a customer needs attention.

    Attributes:
        money: The column of the money.
        horizon: Days within which a purchase counts; ``None``: no model tells a chance, and the
            money of customers in a state is at risk.
        model: What tells the chance.
        column: The column of the chance, where the customers have one, or else of the state.
        state: The state of those who are slipping, where no model tells a chance.
    """

    money: str
    horizon: float | None = None
    model: PurchaseModel | None = None
    column: str | None = None
    state: str | None = None

    @classmethod
    def of(cls, run: Run, columns: Sequence[str]) -> "Rule | None":
        """The rule for a run's customers; ``None`` where nothing tells money at risk.

        Args:
            run: The outcome of a job.
            columns: The columns of its customers.
        """
        known = [name for name in (_RECENT, _ALL) if name in columns]
        if not known:
            return None
        money = known[0]
        if "p_no_purchase" in columns:
            return cls(money, _horizon(run.policy), None, "p_no_purchase")
        for signal in _signals(run.policy):
            model = getattr(signal, "purchases", None)
            if isinstance(model, PurchaseModel) and _told(model, columns):
                return cls(money, float(getattr(signal, "horizon", _USUAL)), model)
        if _FINER in columns and "at_risk" in run.policy.words(_FINER):
            return cls(money, column=_FINER, state="at_risk")
        # Who has slept for long has paid nothing of late.
        slept = cls(known[-1], column=_LIFECYCLE, state="dormant")
        return slept if _LIFECYCLE in columns else None

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it reads."""
        if self.model is None:
            return (self.money, str(self.column))
        return (self.money, *_HISTORY, *_own(self.model))

    def risk(self, table: Table[Any]) -> tuple[Ints, Floats]:
        """The money at risk of each customer, and the chance that it is lost; NaN: not known.

        Args:
            table: Some customers.
        """
        units = np.maximum(table.money(self.money).units, 0)
        if self.horizon is None:
            states = _text(table, self.column).recode((str(self.state),))
            return np.where(states == 0, units, 0), np.full(table.size, np.nan)
        chance = self._chance(table)
        likely = np.where(np.isnan(chance) | (chance < LIKELY), 0.0, chance)
        return np.rint(units * likely).astype(np.int64), chance

    def _chance(self, table: Table[Any]) -> Floats:
        if self.model is None or self.horizon is None:
            name = str(self.column)
            return cast("Floats", table.read({name: "number"})[name])
        wanted: Needs = {**dict.fromkeys(_HISTORY, "number"), **_own(self.model)}
        cols: Columns = table.read(wanted)
        times, silent, age = (cast("Floats", cols[name]) for name in _HISTORY)
        with np.errstate(invalid="ignore"):  # endless days are no history
            summary = {"frequency": times - 1.0, "recency": age - silent, "T": age}
        known = self.model.reads({**cols, **summary})
        return known.told(1.0 - self.model.reaches(known, self.horizon))


@attrs.frozen(eq=False)
class Slipping:
    """Those whose money is at risk.

    Attributes:
        rule: By which rule.
        named: The first of them, by their money at risk.
        customers: How many they are, the named included.
        units: Their money at risk.
        withheld: How many more there are who must not be contacted; nobody of them is named.
    """

    rule: Rule
    named: tuple[Named, ...]
    customers: int
    units: int
    withheld: int


def slipping_of(run: Run, *, values: bool = False) -> Slipping | None:
    """Find them.

    Args:
        run: The outcome of a job.
        values: Hold names and money of those who are named.
    """
    table = frames.table(run.customers)
    rule = Rule.of(run, table.columns)
    if rule is None or run.policy.id not in table.columns:
        return None
    names = [n for kind in _NAMES for n in table.columns if kind_of(n) == kind] if values else []
    work = _Looked(rule, run.policy.id, names[0] if names else None)
    flags = [name for name in table.columns if contact_flag(name)]
    wanted = (run.policy.id, *rule.needs, *flags, *work.words, "recency_days")
    read = [name for name in dict.fromkeys(wanted) if name in table.columns]
    given = {_PEOPLE: Share(table, run.policy.id, read)}
    found = frames.totals(given, work) if table.lazy else frames.table(work({_PEOPLE: table}))
    return _together(rule, found, values=values)


@attrs.frozen
class _Looked:
    """Looks for them in a partition: a row for each of the first, and one of sums.

    Attributes:
        rule: By which rule.
        key: The column of ids.
        name: The column of names, where values may be shown.
    """

    rule: Rule
    key: str
    name: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """Columns of words that are told of the named."""
        return tuple(filter(None, (_LIFECYCLE, _TIER, _OWNER, self.name)))

    def __call__(self, given: Mapping[str, Table[Any]]) -> Any:  # noqa: ANN401 - the kind of the customers
        """The rows of a partition."""
        table = given[_PEOPLE]
        risk, chance = self.rule.risk(table)
        may = contactable(table).at == 0
        ids = _text(table, self.key)
        rows = _first(np.where(may, risk, 0), ids)
        none = np.zeros(len(rows), dtype=np.int64)
        silent = np.full(table.size, np.nan)
        if "recency_days" in table.columns:
            silent = cast("Floats", table.read({"recency_days": "number"})["recency_days"])
        units = table.money(self.rule.money).units
        told = zip(("id", "state", "tier", "owner", "name"), self._texts(table, ids), strict=True)
        return table.build(
            {
                **{
                    name: Codes(np.append(held.at[rows], -1), held.words, plain=True)
                    for name, held in told
                },
                "risk": np.append(risk[rows], risk[may].sum()),
                "units": np.append(units[rows], 0),
                "chance": np.append(chance[rows], np.nan),
                "silent": np.append(silent[rows], np.nan),
                "many": np.append(none, (risk[may] > 0).sum()),
                "withheld": np.append(none, (risk[~may] > 0).sum()),
            }
        )

    def _texts(self, table: Table[Any], ids: Codes) -> Iterator[Codes]:
        yield ids
        for name in (_LIFECYCLE, _TIER, _OWNER, self.name):
            yield _text(table, name)


def _text(table: Table[Any], name: str | None) -> Codes:
    if name is None or name not in table.columns:
        return Codes(np.full(table.size, -1, dtype=np.intp), ())
    return cast("Codes", table.read({name: "text"})[name])


def _first(risk: Ints, ids: Codes) -> Index:
    """The rows with the most at risk, equal ones by their id."""
    rows = np.flatnonzero((risk > 0) & (ids.at >= 0))
    if len(rows) > TOP:
        least = np.partition(risk[rows], len(rows) - TOP)[len(rows) - TOP]
        rows = rows[risk[rows] >= least]
    known = sorted((-int(risk[row]), str(ids.words[int(ids.at[row])]), int(row)) for row in rows)
    return np.array([row for _, _, row in known[:TOP]], dtype=np.intp)


def _together(rule: Rule, found: Table[Any], *, values: bool) -> Slipping:
    """The partitions' rows as one."""
    held = {name: _plain(found, name) for name in found.columns}
    rows = [dict(zip(held, row, strict=True)) for row in zip(*held.values(), strict=True)]
    named = sorted((row for row in rows if row["id"] is not None), key=_rank)
    sums = [row for row in rows if row["id"] is None]
    return Slipping(
        rule,
        tuple(_named(row, values=values) for row in named[:TOP]),
        *(sum(int(row[name]) for row in sums) for name in ("many", "risk", "withheld")),
    )


def _rank(row: Mapping[str, Any]) -> tuple[int, str]:
    return -int(row["risk"]), str(row["id"])


def _named(row: Mapping[str, Any], *, values: bool) -> Named:
    chance = row["chance"]
    known = Named(str(row["id"]), row["state"], row["tier"], row["owner"], chance)
    if not values:
        return known
    return attrs.evolve(
        known,
        name=row["name"],
        units=int(row["units"]),
        at_risk=int(row["risk"]),
        silent=row["silent"],
    )


def _plain(found: Table[Any], name: str) -> list[Any]:
    if not found.columns:
        return []
    held = found.values(name)
    words = [*held.words, None]
    return [words[at] for at in held.at.tolist()]


def _signals(policy: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any lifecycle
    return tuple(getattr(getattr(policy.lifecycle, "ladder", None), "signals", ()))


def _horizon(policy: Any) -> float:  # noqa: ANN401 - any models
    held = (getattr(model, "horizon", None) for model in (*policy.worth, *_signals(policy)))
    return float(next((one for one in held if one is not None), _USUAL))


def _own(model: PurchaseModel) -> Needs:
    """What a model reads beside the history of purchases."""
    summary = {"frequency", "recency", "T"}
    return {name: kind for name, kind in model.needs.items() if name not in summary}


def _told(model: PurchaseModel, columns: Sequence[str]) -> bool:
    return {*_HISTORY, *_own(model)} <= set(columns)
