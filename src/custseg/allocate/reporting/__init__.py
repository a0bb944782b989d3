"""A plan told to people: fairness, scenarios side by side, pages and figures."""
