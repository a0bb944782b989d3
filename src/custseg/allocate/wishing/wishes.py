"""What makes a customer and a representative go well together: 0 to 1 a pair, NaN for never."""

from collections.abc import Iterable
from typing import Protocol

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Kind, Needs, words
from custseg.allocate.wishing.columns import check_scale, codes, numbers, ranks, spread
from custseg.reasons import Reason


class Wish(Protocol):
    """A strategy for allocation: a plug-in has these four members and holds only settings.

    >>> wish: Wish = Match("region")
    >>> wish.needs, wish.rep_needs, wish.reason.text()
    ({'region': 'text'}, {'region': 'text'}, 'the same region on both sides')
    """

    @property
    def needs(self) -> Needs:
        """The columns of the customers that it reads."""
        ...

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives that it reads."""
        ...

    @property
    def reason(self) -> Reason:
        """Why it gives points; the code stands in ``owner_reason`` where it weighs most."""
        ...

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """Say how well each pair goes together.

        Args:
            customers: The columns of ``needs``, n rows.
            reps: The columns of ``rep_needs``, m rows.

        Returns:
            n x m points from 0 to 1; NaN where the pair is not eligible at all. A row may not
            depend on the other rows, so that one customer gets the same points alone.
        """
        ...


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
        return _common(
            codes(customers, self.column),
            codes(reps, self.rep_column or self.column),
            separator=self.separator,
            other=np.nan if self.required else 0.0,
        )


@attrs.frozen
class Senior:
    """The most valuable customers to the most experienced: 1 - |rank of tier - rank of seniority|.

    Both ranks run from 0 to 1, so a low tier goes as gladly to a junior as a high one to a
    senior, who thereby stays free. What is unknown on either side gives no points.

    Attributes:
        column: The tier of the customers.
        rep_column: The seniority of the representatives.
        tiers: The tiers, the least valuable first.
        levels: The words of seniority, the least first; none: seniority is a number (years,
            level, deals won), and its place among the team counts.

    Source:
        Positive assortative matching: Becker, "A Theory of Marriage: Part I" (1973).

    >>> import numpy as np
    >>> people = {"tier": Codes(np.array([0, 1, -1]), ("low", "high"))}
    >>> Senior().points(people, {"seniority": np.array([1.0, 9.0])}).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    """

    column: str = "tier"
    rep_column: str = "seniority"
    tiers: tuple[str, ...] = attrs.field(
        default=("low", "medium", "high"), converter=words, kw_only=True
    )
    levels: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a scale that has no two steps, or a step twice.

        Raises:
            ConfigError: There are fewer than two words, or one stands twice.
        """
        check_scale("senior.tiers", self.tiers)
        if self.levels:
            check_scale("senior.levels", self.levels)

    @property
    def needs(self) -> Needs:
        """The tier."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The seniority."""
        kind: Kind = "text" if self.levels else "number"
        return {self.rep_column: kind}

    @property
    def reason(self) -> Reason:
        """Tier and seniority."""
        return Reason("senior", {"column": self.column, "rep_column": self.rep_column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """One minus the distance of the two ranks, 0 where one is unknown.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        worth = ranks(customers, self.column, self.tiers)
        if self.levels:
            skill = ranks(reps, self.rep_column, self.levels)
        else:
            skill = spread(numbers(reps, self.rep_column))
        near = 1.0 - np.abs(worth[:, None] - skill)
        return np.nan_to_num(near, copy=False, nan=0.0)


@attrs.frozen
class Stay:
    """Continuity: the present owner is the first choice.

    Attributes:
        column: The customers' present owner. After a run it holds the new one, so keep the
            last period in a column of its own (``owner_previous``) if both are wanted.
        rep_column: The id of the representatives.
        required: Who has an owner of the team now cannot go to anybody else.

    >>> import numpy as np
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
        held = _common(codes(customers, self.column), codes(reps, self.rep_column))
        if self.required:
            locked = held.any(axis=1, keepdims=True)
            held[locked & (held == 0)] = np.nan
        return held


def _common(
    mine: Codes, theirs: Codes, *, separator: str | None = None, other: float = 0.0
) -> Floats:
    """1 where two cells have a word in common, else ``other``; by word, not by row."""
    holders: dict[str, list[int]] = {}
    for rep, text in enumerate(theirs.texts()):
        for word in _split(text, separator):
            holders.setdefault(word, []).append(rep)
    table = np.full((len(mine.words) + 1, theirs.at.size), other)
    for code, text in enumerate(mine.words):
        for word in _split(text, separator):
            table[code, holders.get(word, [])] = 1.0
    return table[mine.at]


def _split(text: str | None, separator: str | None) -> Iterable[str]:
    if text is None:
        return ()
    if not separator:
        return (text,)
    return [part for piece in text.split(separator) if (part := piece.strip())]
