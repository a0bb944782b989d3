"""One limit of one group, in words."""

import attrs

from custseg.labels import label
from custseg.showing import Shown


@attrs.frozen
class ConflictingLimit(Shown):
    """One limit of one group.

    Attributes:
        load: What the load is called.
        group: The representative or the team.
        least: Whether it is a minimum.
        value: The limit.

    >>> print(ConflictingLimit("revenue", "R1", least=True, value=50.0).text())
    revenue of R1 at least 50
    """

    load: str
    group: object
    least: bool
    value: float

    def text(self, locale: str = "en") -> str:
        """A few words.

        Args:
            locale: ``en`` or ``zh``.
        """
        load = label("load_customers", locale) if self.load == "customers" else self.load
        value = f"{self.value:,.2f}".rstrip("0").rstrip(".")
        said = {"load": load, "group": self.group, "value": value}
        return label("limit_least" if self.least else "limit_most", locale).format_map(said)
