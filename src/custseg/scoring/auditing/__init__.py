"""Is a score to be trusted, does it still hold, and is it fair?"""
