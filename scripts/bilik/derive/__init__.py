"""From the law graph to what other engines read: SHACL shapes and OWL classes. Everything here is generated."""
