"""One page for people: who the customers are, what is due, what was left out, and how."""

from custseg.report.history import life_html, save_life
from custseg.report.page import html, save

__all__ = ["html", "life_html", "save", "save_life"]
