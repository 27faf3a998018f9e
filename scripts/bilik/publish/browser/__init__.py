"""What runs in the reader's browser: "check yourself" and the SPARQL playground, by Oxigraph's WebAssembly."""
