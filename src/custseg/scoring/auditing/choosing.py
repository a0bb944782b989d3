"""Who is chosen by a score?"""

from math import ceil

import numpy as np

from custseg._typing import Bools, Floats
from custseg.errors import ConfigError, did_you_mean
from custseg.scoring.auditing.subject import Subject


def chosen(subject: Subject, select: float | str) -> Bools:
    """The rows that are chosen.

    Args:
        subject: What is audited.
        select: A share of the rows, those with the highest scores; or a grade, for it and better.

    Raises:
        ConfigError: The card gives no such grade.
    """
    if not isinstance(select, str):
        return top(subject.score, select)
    words = () if subject.grade is None else subject.grade.words
    if subject.grade is None or select not in words:
        hint = did_you_mean(select, words)
        msg = f"there is no grade {select!r} among {list(words)}; give one, or a share.{hint}"
        raise ConfigError(msg, "select")
    return np.asarray(subject.grade.at >= words.index(select))


def top(score: Floats, share: float) -> Bools:
    """The rows with the highest scores; who ties with the last of them is chosen too.

    >>> top(np.array([5.0, 1.0, 3.0, 3.0]), 0.5).tolist()
    [True, False, True, True]
    """
    known = score[~np.isnan(score)]
    if not len(known):
        return np.zeros(len(score), dtype=np.bool_)
    last = len(known) - ceil(share * len(known) - 1e-9)  # a tenth of ten rows is one row
    least = np.partition(known, last)[last] if last < len(known) else np.inf
    return np.asarray(score >= least)
