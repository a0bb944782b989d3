"""Won and lost customers by what was known of them: a table that learns one customer at a time."""

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from math import inf, isfinite
from typing import Any, ClassVar, Final, Self, cast

import attrs

from custseg import frames
from custseg._typing import Record, floats, words
from custseg.errors import ConfigError
from custseg.scoring.bayes.carding import effects
from custseg.scoring.bayes.cells import TeamCounts, added, merged
from custseg.scoring.bayes.evidence import Evidence, as_in_crm, shrunk
from custseg.scoring.bayes.tabling import Layout, Side
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds, logistic
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.dealing import dealt
from custseg.showing import Shown

SHRINK: Final = 10.0
_LEAST, _LEAST_IN_CRM = 1e-6, 1e-4


def _edges(given: Mapping[str, Any]) -> Mapping[str, tuple[float, ...]]:
    made = {name: floats(edges) for name, edges in given.items()}
    for name, edges in made.items():
        if not all(map(isfinite, edges)) or any(low >= high for low, high in pairwise(edges)):
            msg = f"edges of {name!r} are finite and ascend, got {list(edges)}"
            raise ConfigError(msg, "edges")
    return made


@attrs.frozen
class OutcomeCounts(Shown):
    """How many customers were won and lost with each value of each field.

    It is a value: ``update`` gives a new one and leaves the old one as it is. Counts of shards
    add up (``+``) to the counts of all rows, in any order, and they are JSON.

    Attributes:
        fields: The columns that are counted.
        by: The column of the team, where teams are counted apart.
        stage: The column of the stage of a sale, where there is one.
        stages: All stages, the first one first, the won stage among them. A customer lost counts
            for the stages up to its own; a customer won counts for all of them.
        unset: Fields where no value is a value like others; elsewhere missing is left out.
        edges: Fields of numbers and the edges of their bands; a number on an edge is in the band
            above. Every other field is counted word by word.
        outcome: What reports call the outcome.
        teams: The counts by team; without teams, and of customers without one, under ``""``.

    Raises:
        ConfigError: A field or a stage comes twice, settings name a field that is not counted,
            edges do not ascend, or there is a stage without stages.

    Source: the frequency table of Odoo's predictive lead scoring (``addons/crm``), which adds and
    takes back one lead at a time.

    >>> counts = OutcomeCounts(("source",))
    >>> counts = counts.update(won=[{"source": "referral"}], lost=[{"source": "fair"}] * 3)
    >>> counts = counts.take_back(lost={"source": "fair"})  # it is open again
    >>> counts.won, counts.lost, counts.pairs("source")
    (1, 2, {'referral': (1, 0), 'fair': (0, 2)})
    >>> (counts + counts).lost
    4
    """

    schema_version: ClassVar[int] = 1

    fields: tuple[str, ...] = attrs.field(converter=words)
    by: str | None = attrs.field(default=None, kw_only=True)
    stage: str | None = attrs.field(default=None, kw_only=True)
    stages: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    unset: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    edges: Mapping[str, tuple[float, ...]] = attrs.field(
        factory=dict[str, tuple[float, ...]], converter=_edges, kw_only=True
    )
    outcome: str = attrs.field(default="outcome", kw_only=True)
    teams: Mapping[str, TeamCounts] = attrs.field(factory=dict[str, TeamCounts], kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the settings fit one another."""
        for what, names in (("field", self.fields), ("stage", self.stages)):
            if twice := [name for name in names if names.count(name) > 1]:
                msg = f"each {what} is counted once, {twice[0]!r} comes twice"
                raise ConfigError(msg, f"{what}s")
        named = (*self.unset, *self.edges)
        if strange := [name for name in named if name not in self.fields]:
            msg = f"{strange[0]!r} is not among the fields {list(self.fields)}"
            raise ConfigError(msg)
        if self.stage in self.fields or (self.stage is None) != (not self.stages):
            msg = "a stage is a column of its own, with all of its stages in order: "
            msg += f"got stage={self.stage!r} and {len(self.stages)} stages"
            raise ConfigError(msg, "stage")

    @property
    def won(self) -> int:
        """Customers won, of all teams."""
        return sum(team.won for team in self.teams.values())

    @property
    def lost(self) -> int:
        """Customers lost, of all teams."""
        return sum(team.lost for team in self.teams.values())

    def pairs(self, field: str, team: str | None = None) -> Mapping[str, tuple[int, int]]:
        """Won and lost by value of a field.

        Args:
            field: The field; of numbers the values are the places of their bands.
            team: The team; by default all of them.

        >>> OutcomeCounts(("age",), edges={"age": (30,)}).update(won={"age": 41}).pairs("age")
        {'1': (1, 0)}
        """
        return self.team(team).pairs(field)

    def team(self, name: str | None = None) -> TeamCounts:
        """The counts of a team; of all teams together where none is named.

        >>> counts = OutcomeCounts(("source",), by="team")
        >>> counts.update(won={"source": "fair", "team": 7}).team("7").won
        1
        """
        if name is None:
            return merged(self.teams.values())
        return self.teams.get(name, TeamCounts())

    def update(self, *, won: object = (), lost: object = ()) -> Self:
        """Count customers whose sale has ended.

        Args:
            won: Customers won: one record, records, or any table.
            lost: Customers lost.

        Returns:
            New counts.

        Raises:
            MissingColumnError: A counted column is missing.
            DataError: A stage is none of the stages, or a number is none.

        >>> OutcomeCounts(("source",)).update(won={"source": "fair"}).won
        1
        """
        return self._changed(won, lost, 1)

    def take_back(self, *, won: object = (), lost: object = ()) -> Self:
        """Take customers back that were counted and are open again.

        Values that nobody is counted with any more stay in the table.

        Args:
            won: Customers that were counted as won, as they were then.
            lost: Customers that were counted as lost.

        Raises:
            DataError: They were not counted like that: a count would fall below zero.

        >>> OutcomeCounts(("a",)).update(lost={"a": "x"}).take_back(lost={"a": "x"}).pairs("a")
        {'x': (0, 0)}
        """
        return self._changed(won, lost, -1)

    def __add__(self, other: "OutcomeCounts") -> Self:
        """The counts of both.

        Raises:
            ConfigError: They count other things.
        """
        if not isinstance(other, OutcomeCounts):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        if attrs.evolve(other, teams={}) != attrs.evolve(self, teams={}):
            msg = "counts add up only where they count the same: fields, bands, stages and teams"
            raise ConfigError(msg)
        return self.moved(other.teams)

    def moved(self, more: Mapping[str, TeamCounts], *, sign: int = 1) -> Self:
        """Counts with those of teams added, or taken out.

        >>> OutcomeCounts(("source",)).moved({"north": TeamCounts(3, 1)}).won
        3
        """
        teams = dict(self.teams)
        for name, counts in more.items():
            teams[name] = added(teams.get(name, TeamCounts()), counts, sign=sign)
        return attrs.evolve(self, teams=teams)

    def to_scorecard(
        self,
        *,
        team: str | None = None,
        exact: bool = False,
        shrink: float = SHRINK,
        scale: Odds | None = None,
    ) -> Scorecard:
        """The card that the counts make: what each value adds to the log-odds, as points.

        While nobody is won, or nobody lost, no value says anything: the probability is that of
        all, and the confidence of every score is 0.

        Args:
            team: The team it is for; by default all of them. A team with few customers, or none,
                is drawn to all.
            exact: Whether to count as Odoo does: 0.1 more won and lost of each value, a team with
                customers by its own counts alone.
            shrink: By how many customers of the usual rate each value is drawn to it.
            scale: What points stand for; by default 0 to 100 from the least to the most likely.

        Raises:
            ConfigError: ``shrink`` is not above 0.

        >>> counts = OutcomeCounts(("source",)).update(
        ...     won=[{"source": "referral"}] * 30, lost=[{"source": "fair"}] * 30
        ... )
        >>> card = counts.to_scorecard()
        >>> card.one({"source": "referral"})["score"], card.one({"source": None})["score"]
        (100.0, 50.0)
        """
        said = self.evidence(team, exact=exact, shrink=shrink)
        learnt = Learnt("naive-bayes", self.outcome, self.won + self.lost, self.won)
        told = effects(self.layout, said, self.team())
        return dealt(told, said.prior, scale=scale, learnt=learnt)

    def probability(self, record: Record, *, exact: bool = False, shrink: float = SHRINK) -> float:
        """The chance of one customer, by the counts of its team; never 0 and never 1.

        To score many, or with reasons, make a card of the counts once.

        Args:
            record: A customer with the counted columns.
            exact: Whether to count as Odoo does, and to keep to its 0.01 to 99.99 percent.
            shrink: By how many customers of the usual rate each value is drawn to it.

        Raises:
            MissingColumnError: A counted column is missing.
            ConfigError: ``shrink`` is not above 0.

        >>> OutcomeCounts(("source",)).probability({"source": "fair"})
        0.5
        """
        table = frames.table([frames.as_mapping(record)])
        team = self.layout.teams(table).texts()[0]
        said = self.evidence(team, exact=exact, shrink=shrink)
        least = _LEAST_IN_CRM if exact else _LEAST
        return min(max(logistic(said.log_odds(self.layout.words(table))), least), 1 - least)

    def evidence(
        self, team: str | None = None, *, exact: bool = False, shrink: float = SHRINK
    ) -> Evidence:
        """What each value adds to the log-odds, as ``to_scorecard`` deals it.

        Raises:
            ConfigError: ``shrink`` is not above 0.

        >>> OutcomeCounts(("source",)).evidence().prior
        0.0
        """
        if not 0 < shrink < inf:
            msg = f"shrink is above 0 and finite, got {shrink}"
            raise ConfigError(msg, "shrink")
        if exact:
            first = self.stages[0] if self.stages else ""
            return as_in_crm(self.teams, team, stage=self.stage, first=first)
        return shrunk(self.teams, team or None, shrink=shrink)

    @cached_property
    def layout(self) -> Layout:
        """What is counted, without the counts."""
        return Layout(self.fields, self.by, self.stage, self.stages, self.unset, self.edges)

    def _changed(self, won: object, lost: object, sign: int) -> Self:
        changed = self
        for given, side in ((won, "won"), (lost, "lost")):
            rows: object = [cast("object", given)] if isinstance(given, Mapping) else given
            opened = frames.table(rows)
            if opened.size:
                more = self.layout.counted(opened, cast("Side", side))
                changed = changed.moved(more, sign=sign)
        return changed
