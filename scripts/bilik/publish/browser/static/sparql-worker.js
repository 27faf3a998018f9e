// Answers SPARQL queries over one graph.
"use strict";

const FORMS = { select: "rows", ask: "truth", construct: "graph", describe: "graph" };
const MEDIA = {
  rows: "application/sparql-results+json",
  truth: "application/sparql-results+json",
  graph: "text/turtle",
};
let store = null;

/** What kind of answer a query has; undefined of what is no query. */
const kindOf = (sparql) => {
  const bare = sparql.replace(/<[^<>\s]*>|#.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ");
  const [, form] = /(?:^|[\s}])(select|ask|construct|describe)\b/i.exec(bare) || [];
  return form && FORMS[form.toLowerCase()];
};

answering({
  start({ wasm, given }) {
    oxigraph.initSync({ module: wasm });
    store = new oxigraph.Store();
    store.load(given.graph, { format: "application/n-triples", lenient: true, no_transaction: true });
    return store.size;
  },

  /** The answer as text: of rows and of yes or no as SPARQL's JSON, of a graph as Turtle, or as the media type wished. */
  query({ sparql, media }) {
    const kind = kindOf(sparql);
    return { kind, text: store.query(sparql, { results_format: media || MEDIA[kind || "rows"] }) };
  },
});
