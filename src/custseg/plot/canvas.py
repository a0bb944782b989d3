"""What a figure is drawn on: axes of one's own or new ones, in ink that can be read there."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import attrs

from custseg.frames import optional
from custseg.labels import filled, label
from custseg.plot.fonts import families, spoken
from custseg.plot.palette import brightness
from custseg.plot.prose import folded

Axes: TypeAlias = Any  # matplotlib.axes.Axes; matplotlib may be absent
Style: TypeAlias = dict[str, Any]
_HALF: Final = 0.3
_TITLE: Final = 12.5
_SMALL: Final = 9.0
_LINE: Final = 14.0
_LETTERS: Final = 14.5  # of a note, in an inch
_NAME: Final = 30  # letters of a name beside a bar, in a line


@attrs.frozen
class Ink:
    """Colours of what is not data.

    Attributes:
        strong: Of titles and numbers.
        faint: Of axes and notes.
        line: Of rules.
        paper: Of the ground.
    """

    strong: str
    faint: str
    line: str
    paper: str


LIGHT: Final = Ink("#1c2430", "#5b6675", "#d9dee5", "#ffffff")
DARK: Final = Ink("#e7ebf0", "#9aa5b1", "#3a434e", "#14181d")


@attrs.frozen(eq=False)
class Canvas:
    """Axes to draw on, and the language of their words.

    Attributes:
        ax: The axes.
        locale: The language that can be drawn.
        ink: Colours that can be read on them.
    """

    ax: Axes
    locale: str
    ink: Ink

    @classmethod
    def of(cls, ax: Axes | None, locale: str, size: tuple[float, float]) -> "Canvas":
        """Given axes, or new ones of a size in inches that belong to no window.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            ConfigError: There is no such language.
        """
        optional("matplotlib", extra="plot")
        language = spoken(locale)
        made = _axes(size) if ax is None else ax
        return cls(made, language, _ink(made))

    def word(self, code: str, **settings: object) -> str:
        """A word or sentence of figures."""
        return filled(label(f"plot.{code}", self.locale), **settings)

    def titled(self, title: str, note: str = "", *, above: float = 0.0) -> None:
        """A title at the left, and a line below it that says what is seen.

        Args:
            title: The title.
            note: The line.
            above: Points to leave free between it and the data.
        """
        lines = folded(note, self._room)
        style: Style = {"loc": "left", "fontsize": _TITLE, "fontweight": "bold"}
        pad = above + 10.0 + _LINE * len(lines)
        self.ax.set_title(title, **style, color=self.ink.strong, pad=pad)
        if lines:
            self.ax.annotate(
                "\n".join(lines),
                (0.0, 1.0),
                (0.0, above + 8.0),
                xycoords="axes fraction",
                textcoords="offset points",
                fontsize=_SMALL + 0.5,
                linespacing=1.35,
                color=self.ink.faint,
            )

    @property
    def _room(self) -> float:
        """Letters that fit into a line of the note."""
        wide: float = self.ax.get_window_extent().width / self.ax.figure.dpi
        return wide * _LETTERS

    def plain(self, *, rules: bool = True) -> None:
        """No frame, faint numbers; rules behind the data where values are read off."""
        for spine in self.ax.spines.values():
            spine.set_visible(False)
        self.ax.tick_params(length=0, labelsize=_SMALL, labelcolor=self.ink.faint, pad=6)
        self.ax.set_axisbelow(True)
        if rules:
            self.ax.grid(axis="y", color=self.ink.line, linewidth=0.8)

    def named(self, names: Sequence[str]) -> None:
        """One row a name, the first on top; long names in two lines, longer ones cut."""
        told = [_short(name) for name in names]
        self.ax.set_yticks(range(len(told)), told)
        self.ax.set_ylim(len(told) - 0.4, -0.6)

    def whole(self, write: Callable[[float, int], str] | str = "{x:,.0f}") -> None:
        """Whole numbers on the upright axis: customers and purchases are not divided."""
        ticker = optional("matplotlib.ticker")
        self.ax.yaxis.set_major_locator(
            ticker.MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10])
        )
        self.ax.yaxis.set_major_formatter(write)

    def legend(self) -> None:
        """What the colours mean, in a line above the data: areas, then marks."""
        handles, names = self.ax.get_legend_handles_labels()
        bars = optional("matplotlib.container").BarContainer
        order = sorted(range(len(names)), key=lambda i: not isinstance(handles[i], bars))
        self.ax.legend(
            [handles[i] for i in order],
            [names[i] for i in order],
            loc="lower left",
            bbox_to_anchor=(-0.01, 1.0),
            ncols=8,
            frameon=False,
            fontsize=_SMALL + 0.5,
            labelcolor=self.ink.strong,
            borderaxespad=0.2,
            handlelength=1.0,
            handleheight=1.0,
            columnspacing=1.4,
        )

    def axis_words(self, x: str = "", y: str = "") -> None:
        """What the axes measure."""
        style: Style = {"fontsize": _SMALL, "color": self.ink.faint}
        self.ax.set_xlabel(x, loc="right", **style)
        self.ax.set_ylabel(y, loc="top", **style)

    def done(self) -> Axes:
        """Give every text a font that has its characters."""
        texts = self.ax.findobj(optional("matplotlib.text").Text)
        usual = texts[0].get_fontfamily() if texts else ["sans-serif"]
        fonts = families(usual, [text.get_text() for text in texts])
        for text in texts:
            text.set_fontfamily(fonts)
            text.set_parse_math(False)  # "$50k-$100k" is a name, no formula
        self.ax.tick_params(labelfontfamily=fonts)
        return self.ax


def _short(name: str) -> str:
    lines = folded(name, _NAME)
    if len(lines) > 2:  # noqa: PLR2004 - as high as a bar
        lines = [lines[0], f"{lines[1]}\u2026"]
    return "\n".join(line if len(line) <= _NAME else f"{line[:_NAME]}\u2026" for line in lines)


def _axes(size: tuple[float, float]) -> Axes:
    figure = optional("matplotlib.figure").Figure(figsize=size, layout="constrained")
    optional("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    return figure.subplots()


def _ink(ax: Axes) -> Ink:
    """Dark ink on light ground, and the other way round."""
    grounds = (ax.get_facecolor(), ax.figure.get_facecolor())
    ground = next((colour for colour in grounds if colour[3] > 0), (1.0, 1.0, 1.0, 1.0))
    return DARK if brightness(ground) < _HALF else LIGHT
