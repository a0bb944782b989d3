"""From pairs to customers: groups that hold together."""
