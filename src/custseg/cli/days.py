"""Days that are given on the command line."""

from argparse import Namespace
from typing import Final

from custseg.errors import ConfigError
from custseg.features import Conventions

_DAYS: Final = ("as_of", "since", "until")


def days_known(given: Namespace) -> None:
    """Refuse what is no day before any file is read.

    Raises:
        ConfigError: An option is no day; names it as it is written on the command line.

    >>> days_known(Namespace(as_of="2026-06-30"))
    >>> days_known(Namespace(since="soon"))
    Traceback (most recent call last):
    custseg.errors.ConfigError: --since: needs a day such as 2026-06-30, got 'soon'
    """
    for name in _DAYS:
        said = getattr(given, name, None)
        if said is None:
            continue
        try:
            Conventions().day(said)
        except ConfigError as error:
            msg = f"needs a day such as 2026-06-30, got {said!r}"
            raise ConfigError(msg, f"--{name.replace('_', '-')}") from error
