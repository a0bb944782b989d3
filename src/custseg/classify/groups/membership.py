"""Which group does a customer belong to by a rule of the company's own?"""

from collections.abc import Mapping
from math import nan
from typing import Any, ClassVar, Literal

import attrs

from custseg import frames
from custseg._typing import Columns, Gives, Needs, Record
from custseg.classify.groups.branches import Branches
from custseg.classify.groups.coverage import lint
from custseg.classify.groups.lintreport import GroupReport
from custseg.classify.groups.presets import preset
from custseg.classify.groups.reads import Read, fields_of, needs_of
from custseg.classify.groups.spelling import spelled_out
from custseg.classify.groups.why import why
from custseg.errors import ConfigError
from custseg.frames import scalar
from custseg.frames.vector import absent
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation
from custseg.rules import Ladder, Rule

Match = Literal["first", "all"]


@attrs.frozen
class Membership:
    """Groups by industry, region, behaviour, age band or anything else that a rule can say.

    With ``match="first"`` each customer is in one group: that of the first condition that holds.
    With ``match="all"`` groups may overlap, and each group of the ladder is a column of its own,
    named ``<column>_<group>``: 1 where one of its conditions holds, 0 where none does, null where
    that is not known. Such columns are plain numbers on every engine and in SQL; a list in one
    column would have to be taken apart again by each of them.

    Attributes:
        column: Name of the column that is added, or how the names of the columns begin.
        rule: A ladder (first condition that holds), bands of a number, or a choice by text.
        reads: Fields of the rule that are read from texts as people typed them. With them a model
            reads texts in Python; see ``MembershipModel.written_out`` for SQL.
        match: ``first`` or ``all``.

    Raises:
        ConfigError: The column has no name, the rule gives numbers, ``all`` is asked of a rule
            whose groups cannot overlap, or a field is read twice.

    >>> from custseg.rules import F, Ladder
    >>> steps = ((F("frequency") >= 12, "frequent"), (F("frequency") == 1, "one_off"))
    >>> behaviour = Membership("behaviour", Ladder(steps, "occasional")).fit([])
    >>> behaviour.one({"frequency": 1})["behaviour"]
    'one_off'
    >>> every = Membership("is", Ladder(steps), match="all").fit([])
    >>> every.one({"frequency": 14})
    {'frequency': 14, 'is_frequent': 1.0, 'is_one_off': 0.0}
    """

    column: str
    rule: Rule
    reads: tuple[Read, ...] = ()
    match: Match = "first"

    def __attrs_post_init__(self) -> None:
        """Check the name, the fields, and that the rule gives words."""
        if not self.column:
            msg = "a membership needs the name of the column it adds, such as 'behaviour'"
            raise ConfigError(msg)
        if not self.rule.words:
            msg = f"the rule of {self.column!r} must give words, such as 'frequent', not numbers"
            raise ConfigError(msg)
        if self.match == "all" and not isinstance(self.rule, Ladder):
            msg = f"the groups of {self.column!r} cannot overlap; match='all' needs a ladder"
            raise ConfigError(msg)
        names = [read.name for read in self.reads]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            msg = f"the fields {twice} are read twice; put their columns into one Read"
            raise ConfigError(msg)
        needs_of((self.rule,), self.reads)

    @classmethod
    def preset(
        cls,
        name: str,
        *,
        into: str = "",
        match: Match = "first",
        **settings: Any,  # noqa: ANN401 - each preset checks its own
    ) -> "Membership":
        """Groups that many companies have, to start from.

        Args:
            name: ``industry``, ``region``, ``purchase_behaviour``, ``age_band``, ``gender``,
                ``income_band``, ``occupation`` or ``consumption_habit``.
            into: Name of the column that is added; by default the name of the preset, with
                ``_group`` behind those that are also the name of a column that they read.
            match: ``first``, or ``all`` for habits, which overlap.
            settings: What the preset takes, as the functions of
                ``custseg.classify.groups.presets`` list it; ``column`` names the column that is
                read.

        Raises:
            ConfigError: There is no such preset or setting.

        >>> model = Membership.preset("gender", column="性别").fit([])
        >>> [model.one({"性别": text})["gender_group"] for text in ("女士", "M", "保密", None)]
        ['female', 'male', 'unknown', 'unknown']
        """
        column, made = preset(name, settings)
        return cls(into or column, made.rule, made.reads, match)

    def fit(self, data: object) -> "MembershipModel":
        """Settle which columns are read; nothing is learnt.

        Args:
            data: Any table; its columns tell which of those of a ``Read`` there are.

        Raises:
            MissingColumnError: A ``Read`` has none of its columns.
        """
        several = any(len(read.columns) > 1 for read in self.reads)
        columns = frames.table(data).columns if several else ()
        reads = tuple(r.among(columns) for r in self.reads) if columns else self.reads
        return MembershipModel(self.column, self.rule, reads, self.match)

    def lint(self, table: object = None) -> GroupReport:
        """What is wrong with the groups; see ``lint``.

        >>> from custseg.rules import F, Ladder
        >>> rule = Ladder(((F("orders") > 3, "some"), (F("orders") > 9, "many")))
        >>> print(Membership("size", rule).lint().text())
        size: the rules alone
          - rule 2 (many) is never reached: what it would take is taken before (rule 1)
        """
        return lint(self, table)


@attrs.frozen
class MembershipModel(RowModel):
    """Groups ready to apply.

    Attributes:
        column: Name of the column that is added, or how the names of the columns begin.
        rule: The tree that gives it.
        reads: Fields of the rule that are read from texts as people typed them.
        match: ``first`` or ``all``.

    >>> from custseg.rules import Bands
    >>> ages = Bands("age", (18.0, 35.0, 60.0), ("minor", "young", "middle", "senior"))
    >>> MembershipModel("age_band", ages).one({"age": 35})
    {'age': 35, 'age_band': 'middle'}
    """

    schema_version: ClassVar[int] = 1

    column: str
    rule: Rule
    reads: tuple[Read, ...] = ()
    match: Match = "first"

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees; none where texts are read first."""
        return {} if self.reads else self._trees()

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        return needs_of(self._trees().values(), self.reads)

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        return {name: rule.words or "number" for name, rule in self._trees().items()}

    def kernel(self, cols: Columns) -> Columns:
        """Read the texts, then decide."""
        fields = fields_of(cols, self.reads)
        size = len(absent(next(iter(fields.values()))))
        return frames.evaluated_all(self._trees(), fields, size)

    def shortcut(self) -> Scalar:
        """Read the texts of one record, then decide, without arrays."""
        prepared = scalar.reader(self.needs)
        fields = [(read.name, read.compiled(), read.kind == "text") for read in self.reads]
        writers = [(name, scalar.compiled(rule)) for name, rule in self._trees().items()]

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            texts = prepared(record)
            row = dict(texts)
            for name, read, is_text in fields:
                value = read(texts)
                row[name] = nan if value is None and not is_text else value
            return {name: write(row) for name, write in writers}

        return run

    def explain(self, record: Record) -> Explanation:
        """Which conditions put a customer into its group.

        Args:
            record: One customer.

        Returns:
            The decision, the tests that hold with their constants, and how texts were read; what
            the record holds is shown only with ``values=True``.

        >>> from custseg.rules import F, Ladder
        >>> steps = ((F("frequency") >= 12, "frequent"), (F("frequency") == 1, "one_off"))
        >>> model = MembershipModel("behaviour", Ladder(steps, "occasional"))
        >>> print(model.explain({"frequency": 14}).text())
        behaviour: frequent
          - purchase days is 12 or more
          - rule 1 of 2, the first that holds
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        return why(self, decided, given)

    def lint(self, table: object = None) -> GroupReport:
        """What is wrong with the groups; see ``lint``."""
        return lint(self, table)

    def written_out(self, table: object) -> "MembershipModel":
        """The same groups with the spellings of a table written out, so that they become SQL.

        A text that the table lacks is then read as nothing, even if it could be read today.

        Args:
            table: Customers with the columns that are read.

        Raises:
            ConfigError: A field is read from several columns.

        >>> people = [{"sex": "女士"}, {"sex": "M"}, {"sex": "?"}]
        >>> model = Membership.preset("gender", column="sex").fit(people).written_out(people)
        >>> "IN" in model.to_sql(), model.one({"sex": "女士"})["gender_group"]
        (False, 'female')
        """
        return attrs.evolve(self, rule=spelled_out(self, table), reads=()) if self.reads else self

    def _trees(self) -> Mapping[str, Rule]:
        if self.match == "first":
            return {self.column: self.rule}
        return {
            f"{self.column}_{group}": Ladder(((when, 1.0), (~when, 0.0)))
            for group, when in Branches.of(self.rule).by_group().items()
        }
