"""What do customers say, what comes first, and what hurts most?"""
