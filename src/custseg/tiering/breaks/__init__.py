"""Natural breaks: exact, proved to be the best, with limits on the size of classes."""
