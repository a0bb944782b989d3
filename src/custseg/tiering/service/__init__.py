"""What does a customer get from us, what is due, and when?"""
