import numpy as np
import pytest

from custseg.datasets.draws import Draws, weighted


def draws(stream: str = "x", start: int = 0) -> Draws:
    return Draws.of(7, start, stream)


def test_a_stream_is_its_seed_place_and_name() -> None:
    first = draws().raw(100)
    assert (first == draws().raw(100)).all()
    others = (draws("y"), draws(start=1_000), Draws.of(8, 0, "x"))
    assert not any((first == other.raw(100)).any() for other in others)


def test_the_raw_words_are_the_ones_numpy_promised() -> None:
    assert draws().raw(2).tolist() == [3757363633605428057, 18315599840958253831]


def test_asking_twice_goes_on() -> None:
    whole = draws().raw(10)
    parts = draws()
    assert np.concatenate([parts.raw(4), parts.raw(6)]).tolist() == whole.tolist()


@pytest.mark.parametrize(
    ("drawn", "mean", "deviation"),
    [
        (draws().uniform(40_000), 0.5, 12**-0.5),
        (draws().normal(40_000), 0.0, 1.0),
        (draws().exponential(40_000), 1.0, 1.0),
        (draws().gamma(40_000, 4), 1.0, 0.5),
        (draws().below(40_000, 3), 1.0, (2 / 3) ** 0.5),
    ],
)
def test_distributions_have_their_moments(drawn: np.ndarray, mean: float, deviation: float) -> None:
    assert drawn.mean() == pytest.approx(mean, abs=0.02)
    assert drawn.std() == pytest.approx(deviation, rel=0.02)


def test_weights_are_kept() -> None:
    counts = np.bincount(draws().pick(40_000, [1, 0, 3]))
    assert counts[1] == 0
    assert counts[2] / counts[0] == pytest.approx(3, rel=0.1)
    spins, choices = draws().spins(), weighted([("a", 1), ("b", 0), ("c", 3)])
    found = [spins.among(choices) for _ in range(10_000)]
    assert "b" not in found
    assert found.count("c") / found.count("a") == pytest.approx(3, rel=0.1)


def test_an_order_is_a_permutation() -> None:
    assert sorted(draws().order(50).tolist()) == list(range(50))


def test_nothing_can_be_drawn() -> None:
    nothing = draws()
    assert len(nothing.uniform(0)) == len(nothing.order(0)) == len(nothing.pick(0, [1])) == 0
