"""What is said of bad input: in the reader's language, and as plain data."""

from typing import Any

from custseg.cli.faults import JobError, said_at
from custseg.config import Problem
from custseg.errors import ConfigError, CustsegError


def refused(error: CustsegError, locale: str) -> str:
    """An error in a language.

    >>> refused(ConfigError("needs a day such as 2026-06-30, got 'soon'", "--as-of"), "zh")
    "--as-of：应为日期，例如 2026-06-30，现为 'soon'"
    """
    if isinstance(error, JobError):
        return error.text(locale)
    place = error.path if isinstance(error, ConfigError) else ""
    return said_at(place, Problem.of(error).text(locale), locale)


def plain(error: CustsegError, locale: str) -> dict[str, Any]:
    """An error as plain data for JSON; what is wrong with a job file one by one.

    >>> plain(ConfigError("unknown key 'tabels'"), "en")
    {'code': 'config', 'message': "unknown key 'tabels'"}
    """
    told: dict[str, Any] = {"code": error.code, "message": refused(error, locale)}
    if isinstance(error, JobError):
        told["problems"] = [problem.as_dict(locale) for problem in error.problems]
    return told
