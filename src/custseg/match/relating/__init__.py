"""Related, but not the same: groups and branches, households, shared telephones."""
