"""How likely customers are to move from each state to each other, as a heat map."""

import numpy as np

from custseg.classify.flows.matrix import FEW, TransitionMatrix
from custseg.labels import label
from custseg.measures.intervals import ratio
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.fonts import spoken
from custseg.plot.heat import Heat


def transition_heatmap(
    matrix: TransitionMatrix, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """From each state (a row) to each other (a column): the share of customers who move.

    The last row is who came new. Rows of fewer than 30 customers are framed: their shares are
    guesses.

    Args:
        matrix: From ``transition_matrix``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.month_ends("1997-03-31", "1998-06-30")
    >>> by_days = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90))
    >>> grid = cs.classify.states_asof(log, days, by_days)
    >>> ax = transition_heatmap(cs.classify.transition_matrix(grid))
    >>> [text.get_text() for text in ax.texts][:4]
    ['70 %', '30 %', '4 %', '96 %']
    """
    came = matrix.arrivals.sum(axis=0)
    seen = np.flatnonzero(matrix.totals + matrix.counts.sum(axis=0) + came)
    counts, sizes = matrix.counts[np.ix_(seen, seen)], matrix.totals[seen]
    if came.any():
        counts, sizes = np.vstack((counts, came[seen])), np.append(sizes, came.sum())
    language = spoken(locale)
    names = [label(matrix.states[i], language) for i in seen.tolist()]
    rows = [*names, label("plot.newcomers", language)][: len(sizes)]
    few = np.broadcast_to(((sizes > 0) & (sizes < FEW))[:, None], counts.shape)
    shares = ratio(counts, sizes[:, None])
    heat = Heat(shares, few, rows, sizes.tolist(), names, last=bool(came.any()))
    canvas = Canvas.of(ax, language, heat.size)
    heat.draw(canvas, over=canvas.word("matrix.over"), beside=canvas.word("customers"))
    note = canvas.word("matrix.note", steps=len(matrix.steps))
    if few.any():
        note = canvas.word("starred", note=note, star=canvas.word("matrix.few", few=FEW))
    heat.titled(canvas, canvas.word("matrix.title"), note)
    return canvas.done()
