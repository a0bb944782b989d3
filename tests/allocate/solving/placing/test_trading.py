"""Two whole customers moved at once."""

import numpy as np

from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.placing.desk import Desk
from custseg.allocate.solving.placing.moves import Moves, polish
from custseg.allocate.solving.placing.trading import trade
from custseg.allocate.solving.pricing.grid import Near
from custseg.allocate.solving.pricing.problem import gridded


def desk_of(points, hi, value, most, at):
    m = len(hi)
    loads = Loads.of_one("value", np.array(value), np.zeros(m), np.array(most))
    grid = gridded(np.array(points), np.zeros(m, int), np.array(hi), loads)
    none = np.zeros(grid.size)
    moves = Moves.of(grid, Near.of(grid, none, np.full(grid.rows, 9.0)), none)
    return Desk.of(grid, np.array(at)), moves, none


def test_two_who_are_better_off_elsewhere_exchange_full_places():
    case = desk_of([[0.0, 1.0], [1.0, 0.0]], [1, 1], [1.0, 1.0], [2.0, 2.0], [0, 1])
    polish(*case[:2])
    assert case[0].at.tolist() == [0, 1]
    trade(*case)
    assert case[0].at.tolist() == [1, 0]


def test_one_makes_room_and_goes_to_a_third():
    points = [[0.0, 1.0, 0.0], [0.0, 0.9, 0.8]]
    case = desk_of(points, [1, 1, 1], [1.0, 1.0], [2.0, 2.0, 2.0], [0, 1])
    trade(*case)
    assert case[0].at.tolist() == [1, 2]


def test_no_limit_is_broken_for_points():
    case = desk_of([[0.0, 1.0], [1.0, 0.0]], [1, 1], [3.0, 1.0], [3.0, 2.0], [0, 1])
    trade(*case)
    assert case[0].at.tolist() == [0, 1]
