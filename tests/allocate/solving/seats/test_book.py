"""Chains of moves in the book of who has whom."""

import numpy as np

from custseg.allocate.solving.seats.book import Book, chain, running


def test_a_chain_takes_the_fewest_steps():
    step = np.zeros((5, 5), dtype=bool)
    for a, b in [(0, 1), (1, 2), (2, 4), (0, 3), (3, 4)]:
        step[a, b] = True
    ends = np.arange(5) == 4
    assert chain(step, np.arange(5) == 0, ends) == [0, 3, 4]
    assert chain(step, ends, ends) == [4]
    assert chain(step, ends, np.arange(5) == 0) == []


def test_running_numbers_restart_in_each_group():
    assert running(np.array([2, 0, 2, 2, 0]), 3).tolist() == [0, 0, 1, 2, 1]
    assert running(np.array([], dtype=int), 3).tolist() == []


def test_the_book_balances_after_put_and_lift():
    points = np.array([[0.1, 0.2], [0.3, np.nan]])
    book = Book.of(points, np.array([-1, -1]), np.array([1, 2]))
    before = book.links.copy(), book.room.copy()
    book.put(0, 1)
    assert book.links.tolist() == [[0, 0], [1, 1]]
    assert book.room.tolist() == [1, 1]
    book.lift(0)
    assert np.array_equal(book.links, before[0])
    assert np.array_equal(book.room, before[1])


def test_nobody_is_admitted_where_nobody_can_move():
    points = np.array([[0.9, np.nan], [0.9, np.nan]])
    book = Book.of(points, np.array([0, -1]), np.array([1, 1]))
    assert not book.admit(1)
    assert book.at.tolist() == [0, -1]
