"""A stranger's match key: one car, one customer."""

import attrs

import custseg as cs
from custseg.match import Codes


@cs.strategy("number-plate")
@attrs.frozen
class NumberPlate:
    """The letters and digits of a number plate; fewer than five are no plate.

    Attributes:
        column: The column with the plate.
    """

    column: str = "plate"

    @property
    def needs(self):
        """The column, as text."""
        return {self.column: "text"}

    def keys(self, columns):
        """The bare plate, or no key."""
        held = columns[self.column]
        bare = ["".join(c for c in word.upper() if c.isalnum()) for word in held.words]
        plates = tuple(dict.fromkeys(plate for plate in bare if len(plate) >= 5))
        return Codes(Codes(held.at, tuple(bare)).recode(plates), plates)
