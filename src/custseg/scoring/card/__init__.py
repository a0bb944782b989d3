"""The card itself: factors, groups, grades, and where the points of one record come from."""
