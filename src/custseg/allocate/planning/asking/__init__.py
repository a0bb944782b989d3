"""What is asked: both sides read, and the points of each pair."""
