"""Who gets whom on the day? Rules in force, and whom they mean of the team."""
