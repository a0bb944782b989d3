"""Who comes first when places are short, and why."""
