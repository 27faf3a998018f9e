"""The published site over HTTP, with a SPARQL endpoint to ask the law: read-only, bounded in time, memory and size.

``site`` has the files, and leads from an IRI to the page or the data about it; ``endpoint`` speaks the SPARQL 1.1
Protocol; ``pool`` keeps the processes (``worker``) that evaluate the queries, and ends one that runs out of its time;
``server`` listens.

Neither the ``oxigraph`` server nor threads over one store would do: both evaluate some queries to the end whatever the
time limit (a count over a product of patterns), take the memory that a query asks for, and call other endpoints.
"""
