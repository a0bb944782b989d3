import numpy as np

from custseg.tiering.breaks.layers import Window, layered
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.sums import PlainSums


def sums(size):
    return PlainSums.of(Points.of(np.arange(size) * 1.0))


def test_a_window_read_backward_allows_the_same_classes():
    window = Window(np.array([0, 0, 0, 1, 3]), np.array([-1, 0, 0, 2, 3]))
    back = window.mirrored
    for a in range(5):
        for b in range(5):
            assert bool(window.allows(a, b)) == bool(back.allows(4 - b, 4 - a))


def test_classes_that_cannot_be_are_none():
    none = Window(np.zeros(7, dtype=int), np.full(7, -1))
    assert layered(sums(6), [Window.free(6), none]) is None


def test_the_work_grows_hardly_faster_than_the_points(monkeypatch):
    def looked_at(size):
        asked = []
        real = PlainSums.cost
        counted = lambda self, a, b: asked.append(np.size(b)) or real(self, a, b)  # noqa: E731
        with monkeypatch.context() as patch:
            patch.setattr(PlainSums, "cost", counted)
            least = Window.free(size)
            far = np.arange(size + 1) - size // 8
            layered(sums(size), [Window(least.first, far)] * 5)
        return sum(asked)

    assert looked_at(8000) < 11 * looked_at(1000)
