"""Words in common: one that is the same on both sides, or the share of those that are needed."""

from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import holders, shared_words, split
from custseg.errors import ConfigError
from custseg.reasons import Reason

_NEEDED: Final = ("all", "any")


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
        mine, theirs = codes(customers, self.column), codes(reps, self.rep_column or self.column)
        at, shared = shared_words(mine, theirs, separator=self.separator)
        return at, np.where(shared > 0, 1.0, np.nan) if self.required else shared


@attrs.frozen
class Skills:
    """The share of the skills that a customer needs and a representative has.

    Who needs nothing, or of whom nothing is known, may have anybody, and gives no points.

    Attributes:
        column: The column of the customers: products they buy, skills they need.
        rep_column: The column of the representatives: what they can sell or do.
        needed: ``all`` of them: points are the share; ``any``: one is enough.
        required: Who does not have all (any) of them is not eligible.
        separator: Splits a cell into several words.
        code: The reason it gives.

    Raises:
        ConfigError: ``needed`` is neither all nor any.

    >>> from custseg._typing import Codes
    >>> people = {"required_skills": Codes(np.array([0, 1, -1]), ("crm;erp", "crm"))}
    >>> team = {"skills": Codes(np.array([0, 1]), ("crm", "erp;crm"))}
    >>> Skills().points(people, team).tolist()
    [[0.5, 1.0], [1.0, 1.0], [0.0, 0.0]]
    >>> Skills(required=True).points(people, team).tolist()
    [[nan, 1.0], [1.0, 1.0], [0.0, 0.0]]
    """

    column: str = "required_skills"
    rep_column: str = "skills"
    needed: Literal["all", "any"] = attrs.field(default="all", kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)
    separator: str | None = attrs.field(default=";", kw_only=True)
    code: str = attrs.field(default="skills", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse another word.

        Raises:
            ConfigError: As above.
        """
        if self.needed not in _NEEDED:
            msg = f"must be one of {list(_NEEDED)}, got {self.needed!r}"
            raise ConfigError(msg, "skills.needed")

    @property
    def needs(self) -> Needs:
        """What the customers need."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """What the representatives can."""
        return {self.rep_column: "text"}

    @property
    def reason(self) -> Reason:
        """The column that is covered."""
        return Reason(self.code, {"column": self.column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """The share of what is needed, or 1 for any of it.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by what is needed.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        mine, theirs = codes(customers, self.column), codes(reps, self.rep_column)
        having = holders(theirs, self.separator)
        wanted: dict[frozenset[str], int] = {}
        told = np.array(
            [
                wanted.setdefault(frozenset(split(text, self.separator)), len(wanted))
                for text in (*mine.words, None)
            ]
        )
        out = np.zeros((len(wanted), theirs.at.size))
        for words, row in wanted.items():
            for word in words:
                out[row, having.get(word, [])] += 1.0
            if words:
                out[row] = self._told(out[row] / len(words))
        return told[mine.at], out

    def _told(self, share: Floats) -> Floats:
        """The points of a share of what is needed."""
        enough = share > 0 if self.needed == "any" else share == 1.0
        if self.needed == "any":
            share = np.where(enough, 1.0, 0.0)
        return np.where(enough, share, np.nan) if self.required else share
