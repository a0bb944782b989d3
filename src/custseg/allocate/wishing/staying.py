"""The present owner is the first choice."""

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import shared_words
from custseg.reasons import Reason


@attrs.frozen
class Stay:
    """Continuity: the present owner is the first choice.

    Attributes:
        column: The customers' present owner. After a run it holds the new one, so keep the
            last period in a column of its own (``owner_previous``) if both are wanted.
        rep_column: The id of the representatives.
        required: Who has an owner of the team now cannot go to anybody else.

    >>> import numpy as np
    >>> from custseg._typing import Codes
    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> people = {"owner": Codes(np.array([0, -1]), ("R2",))}
    >>> Stay().points(people, team).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    >>> Stay(required=True).points(people, team).tolist()
    [[nan, 1.0], [0.0, 0.0]]
    """

    column: str = "owner"
    rep_column: str = "rep_id"
    required: bool = attrs.field(default=False, kw_only=True)

    @property
    def needs(self) -> Needs:
        """The present owner."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The id."""
        return {self.rep_column: "text"}

    @property
    def reason(self) -> Reason:
        """The owner stays."""
        return Reason("stay", {"column": self.column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """1 for the present owner.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by owner.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        at, held = shared_words(codes(customers, self.column), codes(reps, self.rep_column))
        if self.required:
            locked = held.any(axis=1, keepdims=True)
            held[locked & (held == 0)] = np.nan
        return at, held
