// Judges records by the published rules. Nothing is decided here: the rules run in their order over the compiled law and
// the record, and queries read what they made.
"use strict";

const NT = "application/n-triples";
let given = null;

const value = (term) => (term === undefined ? undefined : term.value);
const rows = (store, query) =>
  store.query(query).map((row) => Object.fromEntries([...row].map(([name, term]) => [name, value(term)])));
const number = (text) => (text === undefined ? null : Number(text));
const sorted = (values) => [...new Set(values)].sort();

/** The statements of a file in the default graph, blank nodes named in the order in which they come. */
const read = ({ text, format }) => {
  const names = new Map();
  const named = (term) => {
    if (term.termType !== "BlankNode") return term;
    if (!names.has(term.value)) names.set(term.value, oxigraph.namedNode(`${given.base}b${names.size}`));
    return names.get(term.value);
  };
  const store = new oxigraph.Store();
  for (const { subject, predicate, object } of oxigraph.parse(text, { format, base_iri: given.base })) {
    if (subject.termType === "Quad" || object.termType === "Quad") throw new Error(given.aboutStatements);
    store.add(oxigraph.quad(named(subject), predicate, named(object)));
  }
  return store;
};

const persons = (people) => sorted(people.query(given.persons).map((made) => made.subject.value));

const said = (people, node) =>
  people.match(node, null, null, null).filter((quad) => given.terms.has(quad.predicate.value));

/** What the record model says of a person and of the entries of the person's record. */
const recordOf = (people, person) => {
  const record = said(people, oxigraph.namedNode(person));
  const entries = new Set(
    record
      .filter((quad) => given.links.has(quad.predicate.value) && quad.object.termType === "NamedNode")
      .map((quad) => quad.object.value),
  );
  return [...record, ...[...entries].flatMap((entry) => said(people, oxigraph.namedNode(entry)))];
};

const asOfStatement = (day) =>
  oxigraph.quad(
    oxigraph.namedNode(given.asOf.subject),
    oxigraph.namedNode(given.asOf.predicate),
    oxigraph.literal(day, oxigraph.namedNode(given.asOf.datatype)),
  );

const derive = (store, rule) => store.load(store.query(rule, { results_format: NT }), { format: NT, lenient: true });

/** The law, a record and a day, with all that the rules make of them. */
const judged = (record, asOf) => {
  const store = new oxigraph.Store();
  store.load(given.law, { format: NT, lenient: true });
  for (const quad of record) store.add(quad);
  store.add(asOfStatement(asOf));
  for (const rule of given.rules) derive(store, rule);
  store.load(given.ranks, { format: NT, lenient: true });
  return store;
};

/** Rows by the value of one of their variables, in their order. */
const grouped = (all, key) => {
  const groups = new Map();
  for (const row of all) groups.set(row[key], [...(groups.get(row[key]) || []), row]);
  return (node) => groups.get(node) || [];
};

const verdictsIn = (store) => {
  const { queries, kinds } = given;
  const alternatives = grouped(rows(store, queries.alternatives), "verdict");
  const conditions = grouped(rows(store, queries.conditions), "alternative");
  const details = grouped(rows(store, queries.details), "node");
  const detail = (node, kind) => details(node).filter((row) => row.detail === kind).map((row) => row.value);
  const condition = (row) => ({
    kind: row.kind,
    result: row.result,
    notes: detail(row.condition, "notes"),
    required: number(row.required),
    certain: number(row.certain),
    possible: number(row.possible),
    short: number(row.short),
    evidence: detail(row.condition, "evidence"),
  });
  const alternative = (row) => ({
    number: Number(row.number),
    result: row.result,
    credential: row.credential || null,
    conditions: conditions(row.alternative)
      .map(condition)
      .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind)),
  });
  return rows(store, queries.verdicts).map((row) => ({
    grade: row.grade,
    verdict: row.outcome,
    provision: row.provision,
    claimed: row.claimed === "true",
    short: number(row.short),
    notes: detail(row.verdict, "notes"),
    readings: detail(row.verdict, "readings"),
    alternatives: alternatives(row.verdict).map(alternative),
  }));
};

const day = (digits) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

/** The grades that time alone will reach before the record changes, soonest first; days beyond the calendar are none. */
const prospectsIn = (store) => {
  const change = Math.min(...rows(store, given.queries.changes).map((row) => Number(row.day)));
  return rows(store, given.queries.next)
    .filter((row) => row.day.length === 8 && Number(row.day) < change)
    .map((row) => ({ grade: row.grade, day: day(row.day), isNext: row.isNext === "true" }));
};

const findingsIn = (people, asOf) => {
  const store = new oxigraph.Store(people.match());
  store.load(given.shapes, { format: NT, lenient: true });
  const holders = new Map(
    [...given.links].flatMap((link) =>
      people.match(null, oxigraph.namedNode(link), null, null).map((quad) => [quad.object.value, quad.subject.value]),
    ),
  );
  const found = given.checks.flatMap((check) => rows(store, check));
  store.add(asOfStatement(asOf));
  derive(store, given.dates);
  for (const [rule, check] of given.checksAsOf)
    found.push(...rows(store, check).map((row) => ({ ...row, shape: rule })));
  const unique = new Map(found.map((row) => [JSON.stringify([row.shape, row.focus, row.path, row.value]), row]));
  return [...unique.keys()].sort().map((key) => {
    const { shape, focus, path, value: stated } = unique.get(key);
    return { rule: shape, person: holders.get(focus) || focus, node: focus, property: path || null, value: stated || "" };
  });
};

/** All that is written of a person and of the entries of the record: link, node, and each property with its values. */
const entriesIn = (people, person) => {
  const of = (node) => {
    const values = {};
    for (const quad of people.match(oxigraph.namedNode(node), null, null, null))
      values[quad.predicate.value] = [...(values[quad.predicate.value] || []), quad.object.value];
    return values;
  };
  const own = of(person);
  return {
    own,
    entries: [...given.links].flatMap((link) =>
      (own[link] || []).sort().map((node) => ({ link, node, values: of(node) })),
    ),
  };
};

const labelsIn = (people, node) =>
  people
    .match(oxigraph.namedNode(node), oxigraph.namedNode(given.label), null, null)
    .map(({ object }) => ({ text: object.value, language: object.language }));

/** The verdicts on everybody in a file on a day, or on one of them, and the findings. */
const check = ({ asOf, person: wanted, ...file }) => {
  const people = read(file);
  const everyone = persons(people).filter((person) => wanted === undefined || person === wanted);
  const found = everyone.map((person) => {
    const store = judged(recordOf(people, person), asOf);
    return { person, verdicts: verdictsIn(store), prospects: prospectsIn(store) };
  });
  return { asOf, persons: found, findings: findingsIn(people, asOf) };
};

answering({
  start({ wasm, given: all }) {
    oxigraph.initSync({ module: wasm });
    given = { ...all, terms: new Set(all.terms), links: new Set(all.links) };
    check({ text: given.example, format: "text/turtle", asOf: given.exampleDay }); // what has run once runs quickly
  },

  /** Who is in a file, and what it says of each: the record as it can be edited. */
  open(file) {
    const people = read(file);
    return persons(people).map((person) => ({
      person,
      labels: labelsIn(people, person),
      ...entriesIn(people, person),
    }));
  },

  check,
});
