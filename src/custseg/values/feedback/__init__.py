"""What does a customer want who writes this?"""
