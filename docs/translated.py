"""The reference in another language: docstrings as they are written, their texts translated.

The translations are catalogues of gettext, docs/locale/zh/*.po, one for each page; any editor of
such catalogues opens them. Run ``python docs/translated.py`` after docstrings have changed: it
adds what is new, without a text, and drops what is gone. Code, names and examples stay as they
are. What has no translation is shown in English; a test counts it.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import griffe
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

DOCS = Path(__file__).parent
SOURCE = DOCS.parent / "src"
HOME = DOCS / "locale" / "zh"
_DIRECTIVE = re.compile(
    r"^::: (?P<path>\S+)(?:\n    options:(?:\n      (?:members: \[(?P<members>.*)\]|.*))*)?",
    re.MULTILINE,
)
_MEMBERS = (property, cached_property, classmethod, staticmethod)
_WIDTH = 120
_SECTION = re.compile(r"(?:Args|Attributes|Raises|Returns|Yields):$")
_SENTENCES = ("Returns:", "Yields:")
_ITEM = re.compile(r"(?P<name> {4}[\w*.]+(?: \([^)]*\))?: )(?P<text>.+)", re.DOTALL)
_CODE = (">>>", "```", "|", "    >>>", "Example:", "Examples:")


def rewritten(text: str, said: Callable[[str], str]) -> str:
    """A docstring whose pieces of text are what a function makes of them.

    A piece is a paragraph, an item of a list, or what is said of one argument, field or error, on
    one line.
    """
    return "".join(_pieces(text, said))


def pieces(text: str) -> list[str]:
    """The pieces of text in a docstring, in order."""
    found: list[str] = []
    rewritten(text, lambda piece: found.append(piece) or piece)
    return found


def _pieces(text: str, said: Callable[[str], str]) -> Iterator[str]:
    fenced = False
    for block in re.split(r"(\n{2,})", inspect.cleandoc(text)):
        fenced ^= block.count("```") % 2 == 1
        if fenced or not block.strip() or "```" in block or block.startswith(_CODE):
            yield block
        else:
            yield "\n".join(_rows(block, said))


def _rows(block: str, said: Callable[[str], str]) -> Iterator[str]:
    """The rows of a paragraph, or of a section with its items."""
    for row in _joined(block):
        head, bare = _parted(row)
        yield row if _SECTION.match(row) or not bare.strip() else head + said(bare)


def _joined(block: str) -> Iterator[str]:
    """Rows of text on one line each: what goes on in the next line belongs to the one before."""
    held = ""
    named = not block.startswith(_SENTENCES)
    for line in block.splitlines():
        if held and not _starts(line, named=named) and not _SECTION.match(held):
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _starts(line: str, *, named: bool) -> bool:
    bare = line.lstrip()
    indent = len(line) - len(bare)
    item = named and indent == 4 and _ITEM.match(line)  # noqa: PLR2004 - the indent of a section
    return bool(item or bare.startswith(("- ", "* ")) or _SECTION.match(line))


def _parted(row: str) -> tuple[str, str]:
    """What stays as it is, and the text."""
    if found := _ITEM.fullmatch(row):
        return found["name"], found["text"]
    bare = row.lstrip(" -*")
    return row[: len(row) - len(bare)], bare


def written(said: dict[str, str]) -> dict[Path, bytes]:
    """The catalogues as they should be: each piece once, in the first page that has it.

    Args:
        said: The translation of each piece that has one.
    """
    seen: set[str] = set()
    found = {}
    for page, told in documented().items():
        catalogue = Catalog()
        for path, piece in ((path, piece) for path, text in told for piece in pieces(text)):
            if piece not in seen:
                catalogue.add(piece, said.get(piece, ""), auto_comments=[path])
                seen.add(piece)
        held = BytesIO()
        write_po(held, catalogue, width=_WIDTH, omit_header=True)
        found[HOME / f"{page}.po"] = held.getvalue().lstrip()
    return found


@cache
def translations() -> dict[str, str]:
    """The translation of each piece that has one."""
    found = {}
    for file in sorted(HOME.glob("*.po")):
        with file.open(encoding="utf-8") as lines:
            found |= {
                str(each.id): str(each.string) for each in read_po(lines) if each.id and each.string
            }
    return found


def translated(text: str) -> str:
    """A docstring in Chinese, as far as it has translations."""
    return rewritten(text, lambda piece: translations().get(piece, piece))


class Translated(griffe.Extension):
    """Puts the translation in the place of each docstring."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrite the docstring of one object before it is parsed."""
        if obj.docstring:
            obj.docstring.value = translated(obj.docstring.value)


@cache
def documented() -> dict[str, list[tuple[str, str]]]:
    """The docstrings that the reference shows: by page, each with the path of its object."""
    loader = griffe.GriffeLoader(search_paths=[SOURCE])
    home = loader.load("custseg")
    pages = sorted(DOCS.glob("en/reference/*.md"))
    found = {page.stem: list(_shown(page.read_text(encoding="utf-8"), home)) for page in pages}
    return {page: told for page, told in found.items() if told}


def _shown(page: str, home: griffe.Object | griffe.Alias) -> Iterator[tuple[str, str]]:
    for asked in _DIRECTIVE.finditer(page):
        it = home[asked["path"].removeprefix("custseg.")]
        chosen = asked["members"].split(", ") if asked["members"] else None
        inherited = "inherited_members: true" in asked[0]
        yield from _told(it, asked["path"], chosen, inherited=inherited)


def _told(
    it: griffe.Object | griffe.Alias,
    path: str,
    chosen: list[str] | None = None,
    *,
    inherited: bool,
) -> Iterator[tuple[str, str]]:
    """The docstring of an object, and those of its public members."""
    it = it.final_target if it.is_alias else it
    if it.docstring:
        yield path, inspect.cleandoc(it.docstring.value)
    if it.is_module or it.is_class:
        members = {name: it.members[name] for name in chosen or _public(it)}
        for name, each in (members | _besides(it, inherited=inherited)).items():
            yield from _told(each, f"{path}.{name}", inherited=inherited)


def _besides(
    it: griffe.Object | griffe.Alias, *, inherited: bool
) -> dict[str, griffe.Object | griffe.Alias]:
    """What the page of a class shows beside its own members: how it is made, what it inherits."""
    if not it.is_class:
        return {}
    made = {name: each for name, each in it.members.items() if name == "__init__"}
    passed_on = it.inherited_members if inherited else {}
    return made | {name: each for name, each in passed_on.items() if not name.startswith("_")}


def _public(it: griffe.Object | griffe.Alias) -> list[str]:
    """The members that the reference shows: no modules, and nothing from elsewhere."""
    if it.is_module and it.exports is not None:
        names = [str(getattr(each, "name", each)) for each in it.exports]
        return [name for name in names if it.members[name].canonical_path.startswith("custseg.")]
    own = (name for name, each in it.members.items() if not each.is_alias)
    return [name for name in own if not name.startswith("_") and not it.members[name].is_module]


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    for old in HOME.glob("*.po"):
        if old.stem not in documented():
            old.unlink()
    for file, content in written(translations()).items():
        file.write_bytes(content)
