"""What becomes of customers by where they came from?"""
