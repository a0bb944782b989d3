import re
from xml.etree import ElementTree as ET

import numpy as np

from custseg.report.drawings import Node, curve, ribbons

BAD = "<b>"


def test_ribbons_are_as_wide_as_the_customers_who_flow():
    before = (Node("active", BAD, 60), Node("dormant", "dormant", 40))
    now = (Node("active", "active", 50), Node("dormant", "dormant", 50))
    moves = {
        ("active", "active"): 45,
        ("active", "dormant"): 15,
        ("dormant", "dormant"): 35,
        ("dormant", "active"): 5,
    }
    svg = ribbons(before, now, moves, ("then", "now"), said=BAD)
    tree = ET.fromstring(svg)  # noqa: S314 - our own drawing
    paths = [one for one in tree if one.tag == "path"]
    assert len(paths) == 4
    assert [float(one.get("height")) for one in tree if one.tag == "rect"] == [126, 84, 105, 105]
    assert [one.get("class").split()[1] for one in paths] == ["stay", "move", "move", "stay"]
    start, _, stop = re.match(r"M\d+ ([\d.]+).* ([\d.]+) \d+ ([\d.]+)Z", paths[0].get("d")).groups()
    assert float(start) <= float(stop)
    assert paths[1].find("title").text == f"{BAD} → dormant: 15"


def test_nobody_is_drawn_as_nothing():
    assert "<path" not in ribbons((), (), {}, ("then", "now"), said="")


def test_the_curve_goes_through_its_corners():
    people, money = np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.8, 1.0])
    svg = curve(people, money, (0.2, 0.32), said=(BAD, BAD, BAD, BAD))
    tree = ET.fromstring(svg)  # noqa: S314 - our own drawing
    points = tree.find("polyline").get("points").split()
    assert len(points) == 3
    (x, y), (left, floor) = (map(float, points[i].split(",")) for i in (1, 0))
    assert x > left
    assert y < floor
    assert tree.get("aria-label") == BAD
