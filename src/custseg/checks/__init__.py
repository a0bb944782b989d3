"""Does a strategy keep the laws? The same checks for ours and for a stranger's."""

from custseg.checks.law import BrokenLawError
from custseg.checks.roles import check

__all__ = ["BrokenLawError", "check"]
