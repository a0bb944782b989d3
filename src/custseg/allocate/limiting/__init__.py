"""How much each representative, team or segment may and must carry."""
