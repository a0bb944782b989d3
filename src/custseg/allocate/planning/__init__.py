"""Rules, wishes and limits put together into one plan, with its reasons."""
