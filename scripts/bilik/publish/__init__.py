"""What is published: the dataset, the pages, what runs in the browser."""
