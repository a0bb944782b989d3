"""Which group does a customer belong to by a rule of the company's own?"""

from collections.abc import Mapping
from typing import ClassVar

import attrs

from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.rules import Rule


@attrs.frozen
class Membership:
    """Groups by industry, region, behaviour, age band or anything else that a rule can say.

    Attributes:
        column: Name of the column that is added.
        rule: A ladder (first condition that holds), bands of a number, or a choice by text.

    Raises:
        ConfigError: The column has no name, or the rule gives numbers.

    >>> from custseg.rules import F, Ladder
    >>> steps = ((F("frequency") >= 12, "frequent"), (F("frequency") == 1, "one_off"))
    >>> behaviour = Membership("behaviour", Ladder(steps, "occasional")).fit([])
    >>> behaviour.one({"frequency": 1})["behaviour"]
    'one_off'
    """

    column: str
    rule: Rule

    def __attrs_post_init__(self) -> None:
        """Check the name and that the rule gives words."""
        if not self.column:
            msg = "a membership needs the name of the column it adds, such as 'behaviour'"
            raise ConfigError(msg)
        if not self.rule.words:
            msg = f"the rule of {self.column!r} must give words, such as 'frequent', not numbers"
            raise ConfigError(msg)

    def fit(self, data: object) -> "MembershipModel":
        """Learn nothing: the rule stands as given.

        Args:
            data: Any table; it is not read.
        """
        del data
        return MembershipModel(self.column, self.rule)


@attrs.frozen
class MembershipModel(RowModel):
    """Groups ready to apply.

    Attributes:
        column: Name of the column that is added.
        rule: The tree that gives it.

    >>> from custseg.rules import Bands
    >>> ages = Bands("age", (18.0, 35.0, 60.0), ("minor", "young", "middle", "senior"))
    >>> MembershipModel("age_band", ages).one({"age": 35})
    {'age': 35, 'age_band': 'middle'}
    """

    schema_version: ClassVar[int] = 1

    column: str
    rule: Rule

    def rules(self) -> Mapping[str, Rule]:
        """The column and its tree."""
        return {self.column: self.rule}
