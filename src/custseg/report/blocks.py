"""What a section is made of: each block is a piece of a page and the same in plain text."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, Protocol

import attrs

_NUMBERED: Final = re.compile(r"(.+): ([-+]?[\d.,]+ ?%?)")


class Block(Protocol):
    """A piece of a section."""

    def html(self) -> str:
        """The piece of a page; every word of the data is escaped."""
        ...

    def lines(self) -> Iterator[str]:
        """The same as lines of text."""
        ...


@attrs.frozen
class Said:
    """A paragraph.

    Attributes:
        text: What it says.
        kind: ``lead``, ``note`` or nothing.

    >>> Said("a < b").html()
    '<p>a &lt; b</p>'
    """

    text: str
    kind: str = ""

    def html(self) -> str:
        """A paragraph."""
        named = f' class="{self.kind}"' if self.kind else ""
        return f"<p{named}>{escape(self.text)}</p>"

    def lines(self) -> Iterator[str]:
        """A line."""
        yield self.text


@attrs.frozen
class Heading:
    """A heading within a section."""

    text: str

    def html(self) -> str:
        """A heading of the third rank."""
        return f"<h3>{escape(self.text)}</h3>"

    def lines(self) -> Iterator[str]:
        """A line between empty ones."""
        yield ""
        yield self.text


@attrs.frozen
class Tile:
    """One number that matters.

    Attributes:
        name: What it is.
        value: The number.
        note: What it means.
    """

    name: str
    value: str
    note: str = ""


@attrs.frozen
class Tiles:
    """The numbers that matter most, beside one another."""

    tiles: tuple[Tile, ...]

    def html(self) -> str:
        """A list of terms, each with its number."""
        each = "".join(
            f"<div><dt>{escape(tile.name)}</dt><dd>{escape(tile.value)}"
            f"<small>{escape(tile.note)}</small></dd></div>"
            for tile in self.tiles
        )
        return f'<dl class="tiles">{each}</dl>'

    def lines(self) -> Iterator[str]:
        """A line each."""
        for tile in self.tiles:
            yield f"{tile.name}: {tile.value}{f' ({tile.note})' if tile.note else ''}"


@attrs.frozen
class Picture:
    """A drawing; in text it is left out, for its numbers stand beside it.

    Attributes:
        svg: The drawing.
        caption: What it shows.
    """

    svg: str
    caption: str = ""

    def html(self) -> str:
        """A figure with its caption."""
        under = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        return f"<figure>{self.svg}{under}</figure>"

    def lines(self) -> Iterator[str]:
        """Nothing."""
        yield from ()


@attrs.frozen
class Outline:
    """Lines of text that are indented below one another, as the reports of steps give them.

    >>> Outline("won: 12").html()
    '<div class="outline"><p class="d0"><span>won</span><span>12</span></p></div>'
    """

    text: str

    def html(self) -> str:
        """Lines with their indentation; the number at the end of a line is set apart."""
        return f'<div class="outline">{"".join(map(self._line, self.text.splitlines()))}</div>'

    def _line(self, line: str) -> str:
        bare = line.lstrip(" ").removeprefix("- ")
        deep = min((len(line) - len(line.lstrip(" "))) // 2, 4)
        if bare.startswith("(") and bare.endswith(")"):
            bare, deep = bare[1:-1], max(deep, 1)
        if not (found := _NUMBERED.fullmatch(bare)):
            return f'<p class="d{deep}">{escape(bare)}</p>'
        said, number = (escape(part) for part in found.groups())
        return f'<p class="d{deep}"><span>{said}</span><span>{number}</span></p>'

    def lines(self) -> Iterator[str]:
        """As they are."""
        yield from self.text.splitlines()


@attrs.frozen
class Beside:
    """Groups of blocks side by side where there is room, below one another where there is not.

    Attributes:
        groups: The groups.
        flows: Whether they fill one column after the other, as tall as they are.
    """

    groups: tuple[tuple[Block, ...], ...]
    flows: bool = False

    def html(self) -> str:
        """A cell each."""
        told = "".join(f"<div>{drawn(group)}</div>" for group in self.groups if group)
        return f'<div class="{"flows" if self.flows else "beside"}">{told}</div>'

    def lines(self) -> Iterator[str]:
        """One after the other."""
        for group in self.groups:
            for block in group:
                yield from block.lines()


@attrs.frozen
class Terms:
    """Terms, each with sentences about it."""

    terms: tuple[tuple[str, tuple[str, ...]], ...]

    def html(self) -> str:
        """A list of terms."""
        each = "".join(self._term(term, said) for term, said in self.terms if said)
        return f'<dl class="terms">{each}</dl>'

    def _term(self, term: str, said: tuple[str, ...]) -> str:
        sentences = "".join(f"<dd>{escape(one)}</dd>" for one in said)
        return f"<div><dt>{escape(term)}</dt>{sentences}</div>"

    def lines(self) -> Iterator[str]:
        """Each term, its sentences below it."""
        for term, said in self.terms:
            if said:
                yield f"{term}:"
                yield from (f"  {one}" for one in said)


def drawn(blocks: Iterable[Block]) -> str:
    """Blocks as a piece of a page."""
    return "".join(block.html() for block in blocks)


def spelled(blocks: Iterable[Block]) -> str:
    """Blocks as text."""
    lines = [line for block in blocks for line in block.lines()]
    return "\n".join(lines).strip("\n")
