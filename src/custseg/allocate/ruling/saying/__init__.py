"""What does a book of rules say? Rules, whom they name, and regions within regions."""
