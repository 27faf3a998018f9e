"""From the order's text to its structure and requirements; every piece keeps its place in the untouched file."""
