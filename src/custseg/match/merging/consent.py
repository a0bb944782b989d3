"""Consent survives a merge at its strictest: one refusal is a refusal."""

from collections.abc import Sequence

import attrs

from custseg._typing import Floats, Needs
from custseg.match.merging.field import Field
from custseg.values.columns import ContactFlag
from custseg.values.flags import flag


@attrs.frozen
class StrictestConsent:
    """The strictest of the values: for a permission the no, for a refusal the yes.

    A missing value is no refusal; a word that is neither yes nor no is taken for one, since to
    leave a customer in peace by mistake does less harm than to call one who forbade it.

    Attributes:
        holds: What a yes in the column says: ``permission`` (opted in) or ``refusal`` (opted out).

    >>> StrictestConsent("permission").strictness(True), StrictestConsent().strictness(True)
    (1.0, 0.0)
    """

    holds: ContactFlag = "refusal"

    @property
    def needs(self) -> Needs:
        """Nothing."""
        return {}

    def rank(self, field: Field) -> Sequence[Floats]:
        """What forbids first."""
        return (field.of_values([self.strictness(value) for value in field.values]),)

    def strictness(self, value: object) -> float:
        """0 for a value that forbids, 1 for one that does not."""
        says = flag(value)
        forbids = says is None or says == (self.holds == "refusal")
        return 0.0 if forbids else 1.0
