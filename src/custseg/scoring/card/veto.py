"""What rules a customer out, whatever the score?"""

import attrs

from custseg.errors import ConfigError
from custseg.reasons import Reason
from custseg.rules import Condition, F


def _condition(given: Condition | str) -> Condition:
    return F(given) == 1 if isinstance(given, str) else given


@attrs.frozen
class Veto:
    """A reason to rule a customer out: a competitor, a name on the black list.

    The score and the probability stay what they are, the grade becomes the last one, and the
    reason is shown.

    Attributes:
        code: What the reason is called, in the column ``veto``; its sentence is the label
            ``reason.<code>``, or ``title``.
        when: The condition, or the name of a column that holds 1 where it is so.
        title: The sentence, where no label has it.

    Raises:
        ConfigError: The code is empty.

    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard(
    ...     (Factor("orders", worth=100, curve=Ramp(0, 10)),),
    ...     vetoes=(Veto("competitor", F("industry") == "ours"),),
    ... )
    >>> said = card.one({"orders": 9, "industry": "ours"})
    >>> said["score"], said["grade"], said["veto"]
    (90.0, 'D', 'competitor')
    """

    code: str
    when: Condition = attrs.field(converter=_condition)
    title: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the code."""
        if not self.code:
            msg = "a veto needs a code, such as 'competitor'"
            raise ConfigError(msg)

    @property
    def reason(self) -> Reason:
        """The reason to show."""
        return Reason(self.title or self.code)
