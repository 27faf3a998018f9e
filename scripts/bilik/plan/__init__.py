"""Ways through the grades: what the law opens, and what a person can do."""
