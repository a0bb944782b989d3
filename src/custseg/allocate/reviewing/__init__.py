"""What is wrong with the owners as they are, before anybody moves."""
