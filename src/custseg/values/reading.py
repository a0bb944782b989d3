"""What a reader says about one value."""

import attrs


@attrs.frozen
class Reading:
    """One value as it was understood.

    The three fields together say what became of it: no ``value`` means that
    nothing was there (blank or a placeholder); a ``value`` without a ``key``
    means that something is there but it cannot be right; a ``key`` with a
    ``problem`` means that it is usable, but doubtful.

    Attributes:
        value: The tidy value to keep, None if there is none.
        key: What to compare it by, None if it must not be compared.
        problem: A reason code such as ``placeholder``, None if all is well.

    Example:
        >>> Reading("+8613800138000", "+8613800138000").valid
        True
        >>> Reading("138", None, "invalid_length").valid
        False
    """

    value: str | None = None
    key: str | None = None
    problem: str | None = None

    @property
    def valid(self) -> bool:
        """Whether the value can be used, doubtful or not."""
        return self.key is not None


NOTHING = Reading()
"""The reading of a value that is not there: missing is no problem of spelling."""
