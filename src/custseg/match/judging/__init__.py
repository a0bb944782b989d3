"""How well records were matched: against the truth, or against another run."""
