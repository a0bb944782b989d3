"""What is a customer worth now, and what could it be worth?"""
