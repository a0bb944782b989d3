"""A card that explains a model which cannot explain itself."""
