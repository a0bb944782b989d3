"""From prices to the best plan: start, nudge, frontier, repair, certificate; flows of classes."""
