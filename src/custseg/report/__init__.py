"""One page for people: who the customers are, what is due, what was left out, and how."""

from custseg.report.history import life_html, save_life
from custseg.report.owners import (
    plan_html,
    rebalance_html,
    review_html,
    save_plan,
    save_rebalance,
    save_review,
)
from custseg.report.page import html, save, text
from custseg.report.pools import pool_html, save_pool
from custseg.report.quality import clean_html, quality_html, save_clean, save_quality
from custseg.report.scores import save_scores, scores_html
from custseg.report.whole import Overview, overview
from custseg.report.worth import save_worth, worth_html

__all__ = [
    "Overview",
    "clean_html",
    "html",
    "life_html",
    "overview",
    "plan_html",
    "pool_html",
    "quality_html",
    "rebalance_html",
    "review_html",
    "save",
    "save_clean",
    "save_life",
    "save_plan",
    "save_pool",
    "save_quality",
    "save_rebalance",
    "save_review",
    "save_scores",
    "save_worth",
    "scores_html",
    "text",
    "worth_html",
]
