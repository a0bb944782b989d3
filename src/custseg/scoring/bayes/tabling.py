"""Rows counted by team, field and value."""

from collections.abc import Mapping
from typing import Any, Literal, cast

import attrs
import numpy as np

from custseg._typing import Codes, Floats
from custseg.errors import DataError
from custseg.frames import Table
from custseg.scoring.bayes.cells import TeamCounts, added, crossed
from custseg.scoring.effects.field import MISSING, banded

Side = Literal["won", "lost"]


@attrs.frozen
class Layout:
    """What is counted.

    Attributes:
        fields: The columns.
        by: The column of the team.
        stage: The column of the stage.
        stages: All stages in order.
        unset: Fields where missing counts as a value.
        edges: Edges of the bands of numbers.
    """

    fields: tuple[str, ...]
    by: str | None
    stage: str | None
    stages: tuple[str, ...]
    unset: tuple[str, ...]
    edges: Mapping[str, tuple[float, ...]]

    def counted(self, table: Table[Any], side: Side) -> dict[str, TeamCounts]:
        """The rows of a table by team, all of them won or all of them lost.

        Raises:
            MissingColumnError: A counted column is missing.
            DataError: A stage is none of the stages, or a number is none.
        """
        teams = self.teams(table)
        sizes = crossed(teams, _nothing(table.size), keep_missing=True)
        found = {team: TeamCounts(*_pair(many[MISSING], side), {}) for team, many in sizes.items()}
        for field in self.fields:
            values = self.values(table, field)
            _put(found, field, crossed(teams, values, keep_missing=field in self.unset), side)
        if self.stage is not None:
            _put(found, self.stage, self._staged(table, teams, side), side)
        return found

    def words(self, table: Table[Any], row: int = 0) -> dict[str, str]:
        """The word of each column in a row, as it is counted."""
        read = {field: self.values(table, field) for field in self.fields}
        if self.stage is not None:
            read[self.stage] = _text(table, self.stage)
        return {name: codes.texts()[row] or MISSING for name, codes in read.items()}

    def teams(self, table: Table[Any]) -> Codes:
        """The team of each row; none where teams are not counted apart."""
        return _nothing(table.size) if self.by is None else _text(table, self.by)

    def values(self, table: Table[Any], field: str) -> Codes:
        """The value of a field in each row; of a number the place of its band."""
        if field not in self.edges:
            return _text(table, field)
        edges = self.edges[field]
        at = banded(cast("Floats", table.read({field: "number"})[field]), edges)
        at = np.where(at > len(edges), -1, at)
        return Codes(at, tuple(map(str, range(len(edges) + 1))))

    def _staged(self, table: Table[Any], teams: Codes, side: Side) -> dict[str, dict[str, int]]:
        """By team and stage: won rows count for all stages, lost ones for those up to their own."""
        codes = _text(table, str(self.stage))
        at = codes.recode(self.stages)
        if (odd := np.flatnonzero((at < 0) & (codes.at >= 0))).size:
            msg = f"holds what is none of the {len(self.stages)} stages; name all of them in order"
            raise DataError(msg, str(self.stage), int(odd[0]))
        if side == "won":
            at = np.full(len(at), len(self.stages) - 1)
        ended = crossed(teams, Codes(at, self.stages), keep_missing=False)
        return {team: self._reached(many) for team, many in ended.items()}

    def _reached(self, ended: Mapping[str, int]) -> dict[str, int]:
        reached: dict[str, int] = {}
        many = 0
        for stage in reversed(self.stages):
            many += ended.get(stage, 0)
            if many:
                reached[stage] = many
        return reached


def _text(table: Table[Any], column: str) -> Codes:
    return cast("Codes", table.read({column: "text"})[column])


def _nothing(size: int) -> Codes:
    return Codes(np.full(size, -1, dtype=np.intp), ())


def _pair(many: int, side: Side) -> tuple[int, int]:
    return (many, 0) if side == "won" else (0, many)


def _put(
    found: dict[str, TeamCounts], field: str, rows: Mapping[str, Mapping[str, int]], side: Side
) -> None:
    for team, many in rows.items():
        pairs = {word: _pair(count, side) for word, count in many.items()}
        found[team] = added(found[team], TeamCounts(values={field: pairs}))
