"""The graph published: data to load, pages to read."""
