"""The same word on both sides."""

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import shared_words
from custseg.reasons import Reason


@attrs.frozen
class Match:
    """The same word on both sides: territory, industry, language, skill.

    Text is compared as it stands; a missing word matches nothing.

    Attributes:
        column: The column of the customers.
        rep_column: The column of the representatives, if it has another name.
        required: Pairs that do not match are not eligible at all.
        separator: Splits a cell into several words, such as ``";"``; one in common is enough.
        code: The reason it gives, such as ``same_territory``.

    >>> import numpy as np
    >>> from custseg._typing import Codes
    >>> team = {"speaks": Codes(np.array([0, 1]), ("en;zh", "fr"))}
    >>> people = {"language": Codes(np.array([0, -1]), ("zh",))}
    >>> Match("language", "speaks", separator=";").points(people, team).tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    >>> Match("language", "speaks", required=True, separator=";").points(people, team).tolist()
    [[1.0, nan], [nan, nan]]
    """

    column: str
    rep_column: str | None = None
    required: bool = attrs.field(default=False, kw_only=True)
    separator: str | None = attrs.field(default=None, kw_only=True)
    code: str = attrs.field(default="match", kw_only=True)

    @property
    def needs(self) -> Needs:
        """The customers' word."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The representatives' words."""
        return {self.rep_column or self.column: "text"}

    @property
    def reason(self) -> Reason:
        """The columns that agree."""
        return Reason(self.code, {"column": self.column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """1 where a word is in common, else 0, or NaN if required.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by the customers' words.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return shared_words(
            codes(customers, self.column),
            codes(reps, self.rep_column or self.column),
            separator=self.separator,
            other=np.nan if self.required else 0.0,
        )
