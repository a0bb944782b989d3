"""Who may not have a lead now."""
