"""What makes a customer and a representative go well together, and who comes first."""
