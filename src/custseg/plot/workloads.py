"""What does each representative carry, before a plan and after it?"""

from typing import Any, Final

from custseg.allocate import AllocationPlan, Rebalance, RepChange, RepLoad
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import SEEN, STAYED

_BAR: Final = 0.42
_FRAME: Final = 1.6
_MOST: Final = 40
_HALF: Final = 0.36


def load_bars(
    plan: AllocationPlan[Any] | Rebalance[Any], *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Customers of each representative before and after a plan, with a mark at the capacity.

    Args:
        plan: A plan or a rebalancing; of more than forty representatives those whose load changes
            most.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.allocate import Allocation
    >>> team = [{"rep_id": "R1", "capacity": 3}]
    >>> load_bars(Allocation().assign([{"customer_id": 1}], team)).get_title(loc="left")
    'What each representative carries'
    """
    loads: list[RepLoad | RepChange] = list(plan.loads)
    if len(loads) > _MOST:
        order = sorted(range(len(loads)), key=lambda k: -abs(loads[k].after - loads[k].before))
        loads = [loads[k] for k in sorted(order[:_MOST])]
    canvas = Canvas.of(ax, locale, (7.5, _FRAME + _BAR * max(len(loads), 1)))
    _bars(canvas, [load.before for load in loads], "before", -_HALF / 2)
    _bars(canvas, [load.after for load in loads], "after", _HALF / 2)
    for place, load in enumerate(loads):
        if load.capacity is not None:
            ends = (place - _HALF, place + _HALF)
            canvas.ax.plot([load.capacity] * 2, ends, color=canvas.ink.strong, linewidth=1.6)
    canvas.plain(rules=False)
    canvas.named([str(load.rep_id) for load in loads])
    canvas.ax.set_xlim(left=0)
    canvas.legend()
    said = canvas.word("loads.note", shown=len(loads), reps=len(plan.loads))
    canvas.titled(canvas.word("loads.title"), said, above=24.0)
    return canvas.done()


def _bars(canvas: Canvas, sizes: list[int], when: str, off: float) -> None:
    places = [place + off for place in range(len(sizes))]
    colour = SEEN if when == "after" else STAYED
    name = canvas.word(f"loads.{when}")
    canvas.ax.barh(places, sizes, _HALF, color=colour, label=name, zorder=2)
