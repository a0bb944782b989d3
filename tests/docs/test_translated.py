"""The reference in Chinese: every docstring is translated, and says it of the same things."""

import re
from pathlib import Path

import pytest

from docscripts import docscript

pytest.importorskip("griffe", reason="the builders of the site are not installed: make docs")
pytest.importorskip("babel", reason="the builders of the site are not installed: make docs")

import griffe

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"``[^`]+``|(?<!`)`[^`]+`(?!`)|\]\([^)]+\)|\]\[[^\]]+\]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def translated():
    return docscript("translated")


def shape(text):
    """The sections of a docstring with the names that they are about, and its examples."""
    found = []
    asked = {"returns_multiple_items": False, "warnings": False}
    for section in griffe.Docstring(text).parse("google", **asked):
        if section.kind.value not in {"text", "admonition"}:
            names = [str(getattr(each, "name", None) or each.annotation) for each in section.value]
            found.append((section.kind.value, names))
    return found, [line for line in text.splitlines() if line.lstrip().startswith((">>>", "... "))]


def test_catalogues_are_those_that_the_script_writes(translated):
    should = translated.written(translated.translations())
    assert {path.name for path in should} == {path.name for path in translated.HOME.glob("*.po")}
    assert [path.name for path, text in should.items() if path.read_bytes() != text] == []


def test_every_piece_of_the_reference_has_a_translation(translated):
    told = [text for page in translated.documented().values() for _, text in page]
    pieces = {piece for text in told for piece in translated.pieces(text)}
    assert len(pieces) > 6000
    assert sorted(pieces - translated.translations().keys()) == []


def test_a_translation_keeps_code_and_links(translated):
    said = translated.translations().items()
    assert [(a, b) for a, b in said if sorted(CODE.findall(a)) != sorted(CODE.findall(b))] == []


def test_a_translation_is_chinese(translated):
    worded = re.compile(r"[A-Za-z]{3,}\W+[A-Za-z]{3,}\W+[A-Za-z]{3,}")
    plain = [
        (piece, said)
        for piece, said in translated.translations().items()
        if worded.search(CODE.sub("", piece)) and not CHINESE.search(said)
    ]
    assert plain == []


def test_a_translated_docstring_has_the_same_arguments_errors_and_examples(translated):
    told = [each for page in translated.documented().values() for each in page]
    odd = [path for path, text in told if shape(text) != shape(translated.translated(text))]
    assert odd == []


def test_code_and_what_an_editor_left_out_stay_as_they_are(translated):
    text = (
        "Share.\n\nArgs:\n    of: What is\n        shared.\n    by: ``n``.\n\n"
        "Raises:\n    DataError: None is\n        left.\n\n"
        "Returns:\n    What each\n    gets: a share.\n\n>>> share(1)\n1\n\n"
        "```text\nas it is\n```\n\n- one\n- two\n  lines"
    )
    assert translated.pieces(text) == [
        *("Share.", "What is shared.", "``n``.", "None is left.", "What each gets: a share."),
        *("one", "two lines"),
    ]
    said = translated.rewritten(text, str.upper)
    assert ">>> share(1)\n1\n\n```text\nas it is\n```" in said
    assert "    of: WHAT IS SHARED.\n    by: ``N``.\n" in said
    assert translated.translated("Nobody has written this sentence.") == (
        "Nobody has written this sentence."
    )
