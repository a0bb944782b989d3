"""Customer data cleaned, matched, classified, scored, tiered and allocated, with reasons."""
