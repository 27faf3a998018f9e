// Shows verdicts: what is held, what is next, what is reached, and every grade with its reasons.
"use strict";

window.bilik = window.bilik || {};

(() => {
  const { names, pages, marks, settles, messages } = bilik.page;
  const positions = new Map(bilik.page.positions);
  const { text } = bilik;

  /** An element with attributes and children, in lists or not; null children are left out. */
  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return made;
  };
  const code = (iri) => /[^/#]*$/.exec(iri)[0];
  const name = (iri) => names[iri] || code(iri);
  const linked = (iri, shown = name(iri)) => (pages[iri] ? element("a", { href: pages[iri] }, shown) : shown);
  const mark = (result) =>
    element("span", { class: `mark mark-${code(result)}`, "aria-hidden": "true" }, marks[code(result)]);
  /** A day written out. Browsers know the months of fewer languages than the page has. */
  const day = (iso) => {
    const [year, month, date] = iso.split("-").map(Number);
    const months = text("self-months").split(" ");
    return element("time", { datetime: iso }, text("self-date", { year, month: months[month - 1], day: date }));
  };
  /** A sentence of the page in which one word is an element. */
  const sentence = (key, word, node, values = {}) => {
    const [before, after] = text(key, { ...values, [word]: "\u0000" }).split("\u0000");
    return [before, node, after];
  };

  const qualified = (verdict) => code(verdict.verdict) === "qualified";

  // -- reasons ---------------------------------------------------------------------------------------------------------

  const evidence = (entry, person) => {
    const called = bilik.form.called(entry);
    if (called) return element("a", { href: `#${called.id}` }, called.text);
    return entry.startsWith(person) ? entry.slice(person.length).replace(/^[#/]/, "") : entry;
  };

  const listed = (nodes) => nodes.flatMap((node, at) => (at ? [", ", node] : [node]));

  const months = ({ required, certain, possible, short }) => {
    if (required === null) return [];
    const said = [text("months", { certain, required })];
    if (possible === null) said.push(text("months-unbounded"));
    else if (possible !== certain) said.push(text("months-possible", { possible }));
    if (short) said.push(text("short", { months: short }));
    return said;
  };

  const settling = ({ result, notes, kind }) => {
    if (code(result) !== "unknown") return [];
    const known = notes.map((note) => settles[note]).filter(Boolean);
    return known.length ? known : [settles[`${kind}-unknown`]].filter(Boolean);
  };

  const condition = (one, person) => {
    const papers = settling(one);
    return element(
      "li",
      { class: `condition ${code(one.result)}` },
      mark(one.result),
      element("strong", { class: "told" }, text(one.kind)),
      `: ${name(one.result)}`,
      months(one).map((said) => `; ${said}`),
      one.notes.map((note) => element("p", { class: "remark" }, linked(note))),
      papers.length ? element("p", { class: "settle" }, `${text("self-settle")}: ${papers.join("; ")}`) : null,
      one.evidence.length
        ? element("p", { class: "evidence" }, `${text("self-based-on")}: `, listed(one.evidence.map((entry) => evidence(entry, person))))
        : null,
    );
  };

  const alternative = (one, person) =>
    element(
      "li",
      { class: "alternative" },
      element("p", {}, mark(one.result), element("span", { class: "told" }, text("alternative", { number: one.number })), `: ${name(one.result)}`),
      element("ul", {}, one.conditions.map((asked) => condition(asked, person))),
    );

  const reasons = (verdict, person) => [
    verdict.notes.map((note) => element("p", { class: "remark" }, linked(note))),
    verdict.alternatives.length > 1 ? element("p", { class: "hint" }, text("self-any-of")) : null,
    element("ol", { class: "alternatives" }, verdict.alternatives.map((one) => alternative(one, person))),
    element("p", {}, linked(verdict.grade), ", ", linked(verdict.provision)),
    verdict.readings.length
      ? element(
          "details",
          { class: "readings" },
          element("summary", {}, `${text("readings")}: ${verdict.readings.length}`),
          element("ul", {}, verdict.readings.map((reading) => element("li", {}, linked(reading)))),
        )
      : null,
  ];

  const outcome = (verdict, prospect) =>
    element(
      "span",
      { class: "outcome" },
      name(verdict.verdict),
      verdict.short === null ? null : `, ${text("short", { months: verdict.short })}`,
      prospect ? [" (", sentence("self-by-time", "date", day(prospect.day)), ")"] : null,
    );

  const card = (verdict, found, open = false) =>
    element(
      "details",
      { class: `verdict ${code(verdict.verdict)}`, "data-grade": code(verdict.grade), ...(open ? { open: "" } : {}) },
      element(
        "summary",
        {},
        mark(verdict.verdict),
        element("span", { class: "grade" }, name(verdict.grade)),
        " ",
        outcome(verdict, found.prospects.find((one) => one.grade === verdict.grade)),
      ),
      reasons(verdict, found.person),
    );

  // -- the whole result ------------------------------------------------------------------------------------------------

  const section = (title, ...content) => element("section", {}, element("h3", {}, title), content);

  const next = (found) => {
    const step = found.prospects.find((one) => one.isNext);
    if (!step) return section(text("next"), element("p", {}, text("self-next-none")));
    const { provision } = found.verdicts.find((verdict) => verdict.grade === step.grade);
    return section(
      text("next"),
      element("div", { class: "next", "data-grade": code(step.grade), "data-day": step.day },
        element("p", {}, sentence("self-next-by-time", "date", day(step.day))),
        element("p", { class: "grade" }, linked(step.grade), ", ", linked(provision)),
      ),
    );
  };

  const byPosition = (found) => {
    const groups = new Map();
    for (const verdict of found.verdicts) {
      const position = positions.get(verdict.grade);
      groups.set(position, [...(groups.get(position) || []), verdict]);
    }
    return [...groups].map(([position, verdicts]) =>
      element(
        "details",
        { class: "position", "data-position": code(position) },
        element("summary", {}, name(position), " ",
          element("span", { class: "count" }, verdicts.map((one) => mark(one.verdict)))),
        verdicts.map((verdict) => card(verdict, found)),
      ),
    );
  };

  const findings = (all, person) => {
    const own = all.filter((finding) => finding.person === person);
    if (!own.length) return null;
    return section(
      text("findings"),
      element("ul", { class: "findings" }, own.map((finding) =>
        element("li", {}, evidence(finding.node, person), ": ", bilik.filled(messages[finding.rule] || code(finding.rule), finding)))),
    );
  };

  /** What was found of one person, as elements. */
  bilik.shown = (found, { asOf, findings: all }, title) => {
    const claimed = found.verdicts.filter((verdict) => verdict.claimed);
    const reached = found.verdicts.filter(qualified);
    return [
      element("p", { class: "whom" }, title ? element("strong", {}, `${title} `) : null, sentence("as-of", "date", day(asOf))),
      claimed.length ? section(text("claims"), claimed.map((verdict) => card(verdict, found, true))) : null,
      next(found),
      section(
        text("best"),
        reached.length ? reached.map((verdict) => card(verdict, found)) : element("p", {}, text("self-none-qualified")),
      ),
      section(text("self-all"), byPosition(found)),
      findings(all, found.person),
    ].filter(Boolean);
  };

  /** How many verdicts there are of each outcome. */
  bilik.counted = (found) => {
    const count = (outcome) => found.verdicts.filter((verdict) => code(verdict.verdict) === outcome).length;
    return { qualified: count("qualified"), undetermined: count("undetermined"), unqualified: count("not-qualified") };
  };
})();
