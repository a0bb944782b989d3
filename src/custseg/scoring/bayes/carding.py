"""What counts say, as the effects that a card is dealt from."""

from collections.abc import Sequence

import numpy as np

from custseg.scoring.bayes.cells import TeamCounts
from custseg.scoring.bayes.evidence import Evidence
from custseg.scoring.bayes.tabling import Layout
from custseg.scoring.effects.dealing import Effect
from custseg.scoring.effects.field import MISSING, Field


def effects(layout: Layout, said: Evidence, whole: TeamCounts) -> list[Effect]:
    """What the values of each column add.

    Args:
        layout: What is counted.
        said: What each value says.
        whole: The counts, for how many customers have each value.
    """
    return [_effect(field, said, whole) for field in fields(layout, whole)]


def fields(layout: Layout, whole: TeamCounts) -> Sequence[Field]:
    """The columns with their cells; the stage comes last.

    >>> layout = Layout(("source",), None, None, (), (), {})
    >>> fields(layout, TeamCounts(1, 1, {"source": {"fair": (1, 1), "": (0, 0)}}))[0].names
    ('fair', '')
    """
    made = [
        Field(name, layout.edges[name])
        if name in layout.edges
        else Field(name, words=sorted(word for word in whole.pairs(name) if word != MISSING))
        for name in layout.fields
    ]
    return made if layout.stage is None else [*made, Field(layout.stage, words=layout.stages)]


def _effect(field: Field, said: Evidence, whole: TeamCounts) -> Effect:
    adds, pairs = said.effects.get(field.column, {}), whole.pairs(field.column)
    return Effect(
        field,
        np.array([adds.get(name, 0.0) for name in field.names]),
        np.array([float(sum(pairs.get(name, (0, 0)))) for name in field.names]),
    )
