"""As few moves as possible: budgets, phases, leavers, covers, newcomers."""
