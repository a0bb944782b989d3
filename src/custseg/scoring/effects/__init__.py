"""What values of a column say, counted or fitted, and the card that they make."""
