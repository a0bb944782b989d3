"""The script that does what a README says notices what a README gets wrong."""

import sys
import time
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

LOADER = SourceFileLoader("readme_script", str(Path(__file__).parents[2] / ".ci" / "readme"))
SCRIPT = module_from_spec(spec_from_loader(LOADER.name, LOADER))
LOADER.exec_module(SCRIPT)

FINE = """
```sh
mkdir orders; echo 'two lines'; echo '  and 3'
```

```text
two lines
…
and 3
```

```python
from pathlib import Path

made = Path("orders").is_dir()
```

Later blocks know what earlier ones said.

```python
>>> made
True
```

```bash
exit 1  # what is not to be done is no `sh`
```
"""


def does(text, folder):
    page = folder / "README.md"
    page.write_text(text, encoding="utf-8")
    reader = SCRIPT.Newcomer(page, folder, Path(sys.prefix))
    try:
        return reader.run(time.monotonic())
    finally:
        reader.done()


def test_a_page_that_holds_is_done(tmp_path):
    assert does(FINE, tmp_path)
    assert (tmp_path / "orders").is_dir()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mkdir orders", "mkdir orders/no/such"),
        ("and 3\n```", "and 4\n```"),
        ("True", "False"),
        ("made = Path", "made = Pth"),
    ],
)
def test_a_page_that_does_not_hold_fails(old, new, tmp_path, capfd):
    assert not does(FINE.replace(old, new), tmp_path)
    assert "FAILED" in capfd.readouterr().out


def test_a_page_that_takes_too_long_fails(tmp_path):
    page = tmp_path / "README.md"
    page.write_text("nothing to do", encoding="utf-8")
    reader = SCRIPT.Newcomer(page, tmp_path, Path(sys.prefix))
    assert reader.run(time.monotonic())
    assert not reader.run(time.monotonic() - 301)
