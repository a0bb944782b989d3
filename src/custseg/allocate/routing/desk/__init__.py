"""What strategies and guards see when a lead comes."""
