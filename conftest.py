"""Every Python block of the READMEs and the docs is a test (Sybil)."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# Extensions of the site's builder and the drawing of its figures: they are no tests, and what they
# import is not there where only tests are run.
collect_ignore_glob = ["docs/*.py"]

ENGINES = "tests/engines/"


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The blocks of one page run in one new folder, so that a page may write files."""
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("page")
    os.chdir(folder)
    yield folder
    os.chdir(before)


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["*.md"],
    fixtures=["empty_folder"],
).pytest()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """File by file, but the tests of engines first and in one process: Spark starts once."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class EnginesFirst(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return ENGINES if nodeid.startswith(ENGINES) else super()._split_scope(nodeid)

        def _assign_work_unit(self, node: Any) -> None:
            if ENGINES in self.workqueue:
                self.workqueue.move_to_end(ENGINES, last=False)
            super()._assign_work_unit(node)

    return EnginesFirst(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Tests run in random order, but a page is read from top to bottom."""
    yield
    pages = [item for item in items if isinstance(item, SybilItem)]
    items[:] = [item for item in items if not isinstance(item, SybilItem)]
    items += sorted(pages, key=lambda item: (item.path, item.example.line))
