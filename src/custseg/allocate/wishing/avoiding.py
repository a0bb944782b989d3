"""Who may not, or had better not, look after whom: words and pairs that keep apart."""

from collections.abc import Iterable
from typing import Any, Literal

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import holders, shared_words
from custseg.errors import ConfigError
from custseg.reasons import Reason

Pair = tuple[str, str]


def _pairs(given: Iterable[Any]) -> tuple[Pair, ...]:
    """Ids as text, each pair once, in order."""
    some: list[tuple[object, ...]] = [() if isinstance(p, str) else tuple(p) for p in given]
    if any(len(pair) != 2 for pair in some):  # noqa: PLR2004 - a pair
        msg = "must be pairs of a customer's and a representative's id, such as [('C1', 'R2')]"
        raise ConfigError(msg, "do-not-assign.pairs")
    return tuple(sorted({(str(customer), str(rep)) for customer, rep in some}))


@attrs.frozen
class Avoid:
    """A word in common keeps apart: representatives that a customer excludes, competitors.

    The opposite of ``Match``. A missing word keeps nobody apart.

    Attributes:
        column: The column of the customers: whom or what to avoid.
        rep_column: The column of the representatives: their ids, or the accounts they serve.
        required: Such a pair is not eligible at all; if false, it only gets no point where every
            other representative gets 1.
        separator: Splits a cell into several words.
        code: The reason it gives.

    >>> from custseg._typing import Codes
    >>> people = {"excluded_reps": Codes(np.array([0, -1]), ("R1;R7",))}
    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> Avoid("excluded_reps").points(people, team).tolist()
    [[nan, 0.0], [0.0, 0.0]]
    >>> Avoid("excluded_reps", required=False).points(people, team).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """

    column: str
    rep_column: str = "rep_id"
    required: bool = attrs.field(default=True, kw_only=True)
    separator: str | None = attrs.field(default=";", kw_only=True)
    code: str = attrs.field(default="avoid", kw_only=True)

    @classmethod
    def preset(cls, name: Literal["excluded", "complaint", "competitor"]) -> "Avoid":
        """A usual reason to keep apart.

        Args:
            name: ``excluded``: a customer will not have those whose ids stand in
                ``excluded_reps``. ``complaint``: it would rather not have who it complained about
                (``complaint_about``). ``competitor``: a representative who serves an account that
                stands in ``competitors`` (the column ``accounts`` of the representatives) may not
                serve this one too.

        Raises:
            ConfigError: There is no such preset.

        >>> Avoid.preset("competitor").rep_needs
        {'accounts': 'text'}
        """
        found = {
            "excluded": cls("excluded_reps", code="not_excluded"),
            "complaint": cls("complaint_about", required=False, code="no_complaint"),
            "competitor": cls("competitors", "accounts", code="no_competitor"),
        }
        if name not in found:
            msg = f"must be one of {list(found)}, got {name!r}"
            raise ConfigError(msg, "avoid.preset")
        return found[name]

    @property
    def needs(self) -> Needs:
        """What the customers avoid."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """What the representatives are or serve."""
        return {self.rep_column: "text"}

    @property
    def reason(self) -> Reason:
        """The columns that keep apart."""
        return Reason(self.code, {"column": self.column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """NaN, or 0 where others get 1, for who is to be avoided.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by what is avoided.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        mine, theirs = codes(customers, self.column), codes(reps, self.rep_column)
        at, common = shared_words(mine, theirs, separator=self.separator)
        if self.required:
            return at, np.where(common > 0, np.nan, 0.0)
        others = 1.0 - common
        others[-1] = 0.0  # who says nothing
        return at, others


@attrs.frozen
class DoNotAssign:
    """Pairs of a customer and a representative that may not be.

    Attributes:
        pairs: Ids of customer and representative, as text; ids of none here do no harm.
        customer_id: The column of the customers' ids.
        rep_id: The column of the representatives' ids.

    Raises:
        ConfigError: What is given is no list of pairs.

    >>> from custseg._typing import Codes
    >>> people = {"customer_id": Codes(np.array([0, 1]), ("C1", "C2"))}
    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> DoNotAssign([("C2", "R1")]).points(people, team).tolist()
    [[0.0, 0.0], [nan, 0.0]]
    """

    pairs: tuple[Pair, ...] = attrs.field(converter=_pairs)
    customer_id: str = attrs.field(default="customer_id", kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)

    @property
    def needs(self) -> Needs:
        """The customers' ids."""
        return {self.customer_id: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The representatives' ids."""
        return {self.rep_id: "text"}

    @property
    def reason(self) -> Reason:
        """The pairs."""
        return Reason("barred_pair", {"column": self.customer_id})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """NaN for the pairs, 0 for all others.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by who is barred, all who stand in no pair in one class.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        having = holders(codes(reps, self.rep_id), None)
        barred: dict[str, list[int]] = {}
        for customer, rep_id in self.pairs:
            barred.setdefault(customer, []).extend(having.get(rep_id, ()))
        sets: dict[tuple[int, ...], int] = {(): 0}
        mine = codes(customers, self.customer_id)
        told = [
            sets.setdefault(tuple(barred.get(word or "", ())), len(sets))
            for word in (*mine.words, None)
        ]
        out = np.zeros((len(sets), codes(reps, self.rep_id).at.size))
        for some, row in sets.items():
            out[row, list(some)] = np.nan
        return np.array(told)[mine.at], out
