"""How much should each criterion count: judged in pairs, or told by the spread of the data."""
