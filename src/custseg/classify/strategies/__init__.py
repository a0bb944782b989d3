"""By which signs is a customer awake or asleep?"""
