// The SPARQL playground: an editor, the questions of the catalogue, answers as tables.
"use strict";

(() => {
  const { words, questions, names, prefixes, base, shown: MOST } = bilik.page;
  const at = (id) => document.getElementById(id);
  const text = (key, values = {}) =>
    words[key].replace(/\{([\w-]+)\}/g, (whole, word) => (word in values ? values[word] : whole));
  const state = at("state");
  const question = at("question");
  const FILES = { csv: "text/csv", tsv: "text/tab-separated-values", json: "application/sparql-results+json", ttl: "text/turtle" };

  let engine = null;
  let graph = null;
  let pages = null;
  let last = null; // the query that is answered below
  const jar = CodeJar(at("editor"), (editor) => Prism.highlightElement(editor), { tab: "  ", catchTab: false });

  const tell = (what, key, values) => {
    state.dataset.state = what;
    state.textContent = text(key, values);
  };

  // -- the engine ------------------------------------------------------------------------------------------------------

  const start = async () => {
    at("run").disabled = true;
    tell("loading", "sparql-loading");
    try {
      graph = graph || (await bilik.unpack(bilik.graph.triples));
      pages = pages || JSON.parse(await bilik.unpack(bilik.graph.pages));
      engine = await bilik.start(bilik.graph.script, { graph });
      tell("ready", "sparql-ready", { count: engine.started });
      at("run").disabled = false;
    } catch (error) {
      tell("failed", "sparql-failed", { reason: error.message });
    }
  };

  /** The answer of the engine, or an error once the limit is over or the query is stopped; then it starts anew. */
  const limited = async (message, seconds) => {
    const own = engine;
    const halt = (reason) => {
      own.stop(reason);
      engine = null;
    };
    const timer = setTimeout(() => halt(text("sparql-too-long", { seconds })), seconds * 1000);
    at("stop").onclick = () => halt(text("sparql-stopped"));
    try {
      return await own.ask("query", message);
    } finally {
      clearTimeout(timer);
      at("stop").onclick = null;
      if (!engine) await start();
    }
  };

  // -- answers ---------------------------------------------------------------------------------------------------------

  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  const shortened = (iri) => {
    const [prefix, namespace] = Object.entries(prefixes).find(([, one]) => iri.startsWith(one)) || [];
    return prefix ? `${prefix}:${iri.slice(namespace.length)}` : iri;
  };

  /** Turtle with prefixes, those that it needs; strings stay as they are. */
  const compact = (turtle) => {
    const used = new Set();
    const body = turtle.replace(/"(?:[^"\\]|\\.)*"|<([^<>\s]*)>/g, (whole, iri) => {
      const short = iri === undefined ? whole : shortened(iri);
      if (short === iri || !/^[\w-]+:[\w-]+$/.test(short)) return whole;
      used.add(short.split(":")[0]);
      return short;
    });
    return `${[...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join("")}\n${body}`;
  };

  const cell = (term) => {
    if (!term) return element("td", {});
    if (term.type !== "uri") {
      const lang = term["xml:lang"];
      return element("td", lang ? { lang } : {}, term.value);
    }
    const page = term.value.startsWith(base) ? pages[term.value.slice(base.length)] : undefined;
    const named = names[term.value];
    const label = named ? [named, element("span", { class: "iri" }, shortened(term.value))] : [shortened(term.value)];
    return element("td", {}, ...(page ? [element("a", { href: page }, ...label)] : label));
  };

  const table = ({ head, results }) => {
    const rows = results.bindings.slice(0, MOST);
    return element(
      "div",
      { class: "scrolling", tabindex: "0", role: "region", "aria-labelledby": "about" },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...head.vars.map((name) => element("th", { scope: "col" }, name)))),
        element("tbody", {}, ...rows.map((row) => element("tr", {}, ...head.vars.map((name) => cell(row[name]))))),
      ),
    );
  };

  const show = (kind, answer, milliseconds) => {
    const about = at("about");
    const found = at("found");
    if (kind === "graph") {
      about.textContent = text("sparql-triples", { milliseconds });
      const code = element("code", { class: "language-turtle" }, compact(answer));
      found.replaceChildren(element("pre", { class: "language-turtle", tabindex: "0" }, code));
      Prism.highlightElement(code);
    } else {
      const said = JSON.parse(answer);
      if (kind === "truth") {
        about.textContent = text("sparql-answer", { milliseconds });
        found.replaceChildren(element("p", { class: "truth" }, text(said.boolean ? "sparql-yes" : "sparql-no")));
      } else {
        const count = said.results.bindings.length;
        const key = count > MOST ? "sparql-rows-shown" : "sparql-rows";
        about.textContent = text(key, { count, shown: MOST, milliseconds });
        found.replaceChildren(count ? table(said) : element("p", {}, text("sparql-none")));
      }
    }
    for (const button of document.querySelectorAll("[data-file]"))
      button.hidden = button.dataset.kind.split(" ").indexOf(kind) < 0;
    at("answer").hidden = false;
  };

  const complain = (message) => {
    at("wrong").textContent = message;
    at("wrong").hidden = message === "";
  };

  const run = async () => {
    if (!engine || at("run").disabled) return;
    const sparql = jar.toString();
    const seconds = Math.max(1, Number(at("limit").value) || 1);
    complain("");
    at("answer").hidden = true;
    at("run").disabled = true;
    at("stop").hidden = false;
    tell("running", "sparql-running");
    const began = performance.now();
    try {
      const { kind, text: answer } = await limited({ sparql }, seconds);
      last = sparql;
      show(kind, answer, Math.round(performance.now() - began));
      tell("done", "sparql-ready", { count: engine.started });
    } catch (error) {
      const reason = error.message;
      const own = [text("sparql-stopped"), text("sparql-too-long", { seconds })].includes(reason);
      const update = /\b(insert|delete|load|clear|drop|create)\b/i.test(sparql) && !/\b(select|ask|construct|describe)\b/i.test(sparql);
      complain(own ? reason : text("sparql-wrong", { reason: update ? text("sparql-updates", { forms: "SELECT, ASK, CONSTRUCT, DESCRIBE" }) : reason.replace(/: expected one of.*/s, "") }));
      if (state.dataset.state !== "failed") tell("wrong", "sparql-ready", { count: engine.started });
    }
    at("run").disabled = false;
    at("stop").hidden = true;
  };

  // -- the page --------------------------------------------------------------------------------------------------------

  const choose = (name) => {
    question.value = name in questions ? name : "";
    if (question.value) jar.updateCode(questions[name]);
    at("parameters").hidden = !/^\s*VALUES \?\w+ \{/m.test(jar.toString());
  };
  question.addEventListener("change", () => {
    choose(question.value);
    if (question.value) run();
  });
  at("run").addEventListener("click", run);
  at("editor").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      run();
    }
  });
  for (const button of document.querySelectorAll("[data-file]"))
    button.addEventListener("click", async () => {
      const media = FILES[button.dataset.file];
      const { text: content } = await limited({ sparql: last, media }, Number(at("limit").value));
      const address = URL.createObjectURL(new Blob([content], { type: media }));
      element("a", { href: address, download: `bilik.${button.dataset.file}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });

  const wanted = new URLSearchParams(location.search).get("query");
  choose(wanted in questions ? wanted : Object.keys(questions)[0]);
  start().then(() => wanted in questions && run());
})();
