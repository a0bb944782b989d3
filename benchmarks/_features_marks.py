"""The marks of the comparison's table."""

FULL, SOME, NONE = "●", "◐", "\N{EN DASH}"
