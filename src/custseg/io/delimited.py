"""CSV and TSV files read by pandas: which of their columns are numbers, and what makes one odd."""

import re
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

from custseg.errors import DataError
from custseg.frames import optional
from custseg.io.formulas import bare

NUMBER: Final = r"-?(0|[1-9][0-9]{0,14})([.][0-9]{1,12})?"
SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
_NUMBER: Final = re.compile(NUMBER)
_UTF8, _OLDER = "utf-8-sig", "gb18030"
_CHUNK: Final = 1 << 24


def delimited(file: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - a pandas frame
    """A whole file as a pandas frame.

    Args:
        file: The file.
        text: Columns that stay text whatever they look like.

    Raises:
        DataError: It is empty, no CSV, or neither UTF-8 nor GB18030.
    """
    for encoding in (_UTF8, _OLDER):
        try:
            return _numbers(bare(_read(file, encoding)), text)
        except UnicodeDecodeError:
            continue
    msg = f"{file.name!r} is neither UTF-8 nor GB18030; save it as UTF-8"
    raise DataError(msg)


def header(file: Path) -> list[str]:
    """Names of the columns of a file in UTF-8, as pandas would call them.

    Raises:
        UnicodeDecodeError: It is in another encoding.
        DataError: It is empty or no CSV.
    """
    return list(map(str, _read(file, _UTF8, rows=0).columns))


def odd(file: Path) -> bool:
    """Whether a file is written so that engines read it otherwise than pandas does.

    Engines take blanks between a quote and a separator away, and do not agree on blank lines.
    """
    mark = SEPARATORS[file.suffix.lower()].encode()
    line = _odd(mark)
    with file.open("rb") as held:
        if not _names(mark).fullmatch(held.readline()):
            return True
        held.seek(0)
        while chunk := held.read(_CHUNK):
            if line.search(chunk + held.readline()):
                return True
    return False


def _names(mark: bytes) -> re.Pattern[bytes]:
    """A line of names, each without quotes or wholly within them."""
    name = rb'(?:"[^"\r\n]*"|[^"\r\n%s]*)' % mark
    return re.compile(rb"(?:\xef\xbb\xbf)?+(?=[^\r\n])%s(?:%s%s)*\r?\n?" % (name, mark, name))


def _odd(mark: bytes) -> re.Pattern[bytes]:
    blank = b"[ ]" if mark == b"\t" else b"[ \t]"
    quoted = rb'(?:^|[\r\n%s])%s+"|"%s+(?:$|[\r\n%s])' % (mark, blank, blank, mark)
    return re.compile(quoted + rb"|\r(?!\n)|(?:^|\n)[ \t]*(?:\r?\n|[ \t]\Z)")


def _read(file: Path, encoding: str, *, rows: int | None = None) -> Any:  # noqa: ANN401 - a pandas frame
    pandas = optional("pandas")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pandas.errors.ParserWarning)
            return pandas.read_csv(
                file,
                sep=SEPARATORS[file.suffix.lower()],
                dtype=str,
                index_col=False,
                keep_default_na=False,
                na_values=[""],
                encoding=encoding,
                nrows=rows,
            )
    except pandas.errors.EmptyDataError as error:
        msg = f"{file.name!r} is empty: it has not even a header line"
        raise DataError(msg) from error
    except pandas.errors.ParserWarning as error:
        msg = f"{file.name!r} is no CSV: its lines have more fields than its header"
        raise DataError(msg) from error
    except pandas.errors.ParserError as error:
        msg = f"{file.name!r} is no CSV: {str(error).strip()}"
        raise DataError(msg) from error


def _numbers(frame: Any, text: Collection[str]) -> Any:  # noqa: ANN401 - a pandas frame
    pandas = optional("pandas")
    for name in _open(frame.columns, text):
        known = frame[name].dropna()
        if len(known) and known.map(_plainly_number).all():
            frame[name] = pandas.to_numeric(frame[name])
    return frame


def _open(names: Collection[str], text: Collection[str]) -> Iterator[str]:
    """The columns that may turn out to be numbers."""
    return (name for name in names if name not in text)


def _plainly_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None
