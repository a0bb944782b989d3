"""What came of it: owners with reasons, and why each of them."""
