"""Survivorship by how good a value or its record is: valid first, the fullest record first."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Floats, Needs, words
from custseg.match.merging.field import Field
from custseg.match.reading import Read, reader


@attrs.frozen
class MostComplete:
    """The value of the record that has the most columns filled in.

    In a `FieldGroup` the columns of the group count: the fullest address survives.

    Attributes:
        columns: The columns that count; none named: all that are merged.

    >>> from custseg.match import Merge
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "name": "Li", "phone": None, "city": None},
    ...     {"id": 2, "entity_id": 1, "name": "Li Lei", "phone": "1", "city": "Ulm"},
    ... ]
    >>> Merge(default=MostComplete()).golden(cards).table[0]["name"]
    'Li Lei'
    """

    columns: tuple[str, ...] = attrs.field(default=(), converter=words)

    @property
    def needs(self) -> Needs:
        """The columns that count, where they are named."""
        return dict.fromkeys(self.columns, "any")

    def rank(self, field: Field) -> Sequence[Floats]:
        """The more columns are filled the better."""
        if not self.columns:
            return (-field.filling.counts,)
        counts = np.zeros(len(field.at))
        for name in self.columns:
            counts -= np.asarray(field.columns[name], dtype=np.float64)
        return (counts,)


@attrs.frozen
class MostValid:
    """A value that can be right before one that cannot: a phone with all its digits.

    Put it first in an `InTurn` and say what decides among valid values.

    Attributes:
        read: What a value is: ``phone``, ``email``, ``id_card``, ``uscc``, ``date``, ``name`` ...
        region: Where a phone without a country code belongs.

    >>> from custseg.match import Merge
    >>> rule = Merge({"email": MostValid("email")})
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "email": "li.corp.cn"},
    ...     {"id": 2, "entity_id": 1, "email": "li@corp.cn"},
    ... ]
    >>> rule.golden(cards).table[0]["email"]
    'li@corp.cn'
    """

    read: Read
    region: str | None = None

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """Valid first."""
        normal = reader(self.read, self.region)
        return (field.of_values([float(normal(str(value)) is None) for value in field.values]),)
