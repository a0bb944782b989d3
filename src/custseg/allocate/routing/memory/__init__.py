"""What is remembered between two leads."""
