"""The table of other libraries says what a few lines of each of them did."""

import importlib
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
READ = {"years of public use"}  # no line of code shows them


@pytest.fixture(scope="module")
def features():
    sys.path.append(str(BENCHMARKS))
    yield importlib.import_module("features")
    sys.path.remove(str(BENCHMARKS))


def page(language):
    return (ROOT / "docs" / language / "explanation" / "comparison.md").read_text(encoding="utf-8")


def test_every_mark_was_run_and_held(features):
    kept = json.loads(features.KEPT.read_text(encoding="utf-8"))
    marks = features.on_page(page("en"))
    assert set(kept) == set(features.PEERS)
    for row, peers in marks.items():
        for peer, mark in peers.items():
            cell = kept[peer]["cells"].get(row)
            if cell is None:
                assert mark == features.NONE or row in READ, (peer, row)
            else:
                assert cell["mark"] == mark, (peer, row)
                assert (not cell["raised"]) == (mark != features.NONE), (peer, row)


def test_what_was_kept_is_what_is_tried(features):
    kept = json.loads(features.KEPT.read_text(encoding="utf-8"))
    for peer in features.PEERS:
        tried = {row: mark for row, (mark, _) in features.tried(peer).items()}
        assert tried == {row: cell["mark"] for row, cell in kept[peer]["cells"].items()}, peer


def test_both_languages_have_the_same_marks(features):
    both = [features.on_page(page(language)).values() for language in ("en", "zh")]
    assert [list(peers.values()) for peers in both[0]] == [list(p.values()) for p in both[1]]


def test_versions_of_the_table_are_those_that_were_run(features):
    kept = json.loads(features.KEPT.read_text(encoding="utf-8"))
    text = page("en")
    for peer, found in kept.items():
        line = next(one for one in text.splitlines() if one.startswith(f"| [{peer}]"))
        said = line.split("|")[2].strip()
        assert found["version"].startswith(said), peer
