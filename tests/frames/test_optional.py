import json
import subprocess
import sys

import pytest

from custseg.errors import MissingDependencyError
from custseg.frames import optional

WITHOUT = """
import sys
for name in {absent!r}:
    sys.modules[name] = None
import {library} as library
import custseg.frames as frames
from custseg._typing import Codes
import numpy as np
opened = frames.table(library.DataFrame({{"id": ["00017", None, "17"], "x": [1.5, 2.5, None]}}))
keys = opened.keys("id")
out = opened.attach({{"tier": Codes(np.array([0, -1, 1]), ("low", "high"))}})
x = opened.read({{"x": "number"}})["x"]
from custseg.frames.held import held
places = held(opened, "id").places.tolist()
frames.fingerprint(opened)
print([keys.at.tolist(), keys.ids(), x.tolist()[:2], type(out).__name__, places])
"""


def test_a_library_that_is_there_is_loaded():
    assert optional("json") is json


def test_a_library_that_is_not_there_is_named_with_its_extra():
    with pytest.raises(MissingDependencyError, match=r"pip install 'custseg\[polars\]'"):
        optional("no_such_library", extra="polars")


@pytest.mark.parametrize(
    ("library", "absent"),
    [("polars", ["pyarrow", "pandas", "duckdb"]), ("pandas", ["pyarrow", "polars", "duckdb"])],
)
def test_one_dataframe_library_is_enough(library, absent):
    code = WITHOUT.format(library=library, absent=absent)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[[0, -1, 1], ['00017', '17'], [1.5, 2.5], 'DataFrame', [0, 1]]"


def test_records_need_no_dataframe_library():
    code = (
        "import sys, custseg.frames as f\n"
        "f.table([{'a': 1}]).attach({'b': [2]})\n"
        "print(sorted({'narwhals', 'pandas', 'polars', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
