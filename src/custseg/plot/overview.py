"""An audit on one page."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from custseg.errors import ConfigError
from custseg.frames import optional
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.gains import gains_curve
from custseg.plot.reliability import calibration
from custseg.plot.shifts import drift_bars
from custseg.plot.treated import fairness_bars
from custseg.scoring import Audit

_SIZE: Final = (13.0, 9.5)
_PANELS: Final = 4


def audit_overview(
    found: Audit, *, axes: Sequence[Axes] | None = None, locale: str = "en"
) -> list[Axes]:
    """How well it tells, whether its chances are right, what has moved, and how groups are treated.

    A panel of what was not looked at, or cannot be known of so few rows, says so.

    Args:
        found: From ``audit``.
        axes: Four axes to draw on; without them, those of a new figure.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There are not four axes, or there is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import audit
    >>> rows = [{"score": n % 50, "won": n % 50 > 20} for n in range(400)]
    >>> [ax.get_title(loc="left") for ax in audit_overview(audit("score", rows, "won"))][0]
    'How many of the cases are at the top'
    """
    drawn = _axes() if axes is None else list(axes)
    if len(drawn) != _PANELS:
        msg = f"an overview has {_PANELS} panels, got {len(drawn)} axes"
        raise ConfigError(msg, "axes")
    gains_curve(found, ax=drawn[0], locale=locale)
    parts: tuple[tuple[bool, str, Callable[..., Axes]], ...] = (
        (found.reliability is not None, "calibration", _reliability),
        (found.drift is not None, "drift", drift_bars),
        (bool(found.fairness), "fairness", fairness_bars),
    )
    for ax, (there, name, draw) in zip(drawn[1:], parts, strict=True):
        if there:
            draw(found, ax=ax, locale=locale)
        else:
            _empty(ax, name, locale)
    return drawn


def _reliability(found: Audit, *, ax: Axes, locale: str) -> Axes:
    return calibration(found.reliability, ax=ax, locale=locale)


def _empty(ax: Axes, name: str, locale: str) -> None:
    canvas = Canvas.of(ax, locale, _SIZE)
    canvas.plain(rules=False)
    ax.set(xticks=[], yticks=[])
    canvas.titled(canvas.word(f"overview.{name}"), canvas.word("overview.unasked"))
    canvas.done()


def _axes() -> list[Any]:
    optional("matplotlib", extra="plot")
    figure = optional("matplotlib.figure").Figure(figsize=_SIZE, layout="constrained")
    optional("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    return [ax for row in figure.subplots(2, 2) for ax in row]
