"""One update at a time: a lock that goes with its process, so that nothing needs to be cleared."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from custseg.errors import DataError

LOCK: Final = "state.lock"
"""The file that is locked. It stays, since to remove it would let two hold one each."""


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Hold a folder against other processes.

    Not a file that is there while an update runs: one that was killed would leave it behind, and
    every night after that would stop at it.

    Args:
        folder: The folder; it is made where there is none.

    Raises:
        DataError: Another process holds it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        msg = f"cannot write to {str(folder)!r}: {error.strerror}"
        raise DataError(msg) from error
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)  # which unlocks


def _lock(handle: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is one on Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        msg = (
            f"another update is at work in {str(folder)!r}; run this one again when it has ended "
            "(if it was killed the folder is free, and nothing needs to be cleared)"
        )
        raise DataError(msg) from error
    except OSError as error:
        msg = f"cannot lock {str(folder / LOCK)!r}: {error.strerror}; keep the state on a disk"
        raise DataError(msg) from error
