// The form: entries are added and removed, the record is read out of it and put into it. What a control states is in the
// page (data-term, data-link, data-class); nothing here knows the law.
"use strict";

window.bilik = window.bilik || {};

(() => {
  const { words, record } = bilik.page;
  /** A sentence with its {words} filled in. */
  bilik.filled = (text, values) => text.replace(/\{([\w-]+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  /** A sentence of the page, by its key, with its {words} filled in. */
  bilik.text = (key, values = {}) => bilik.filled(words[key], values);

  const form = document.getElementById("record");
  const sections = [...form.querySelectorAll(".entries")];
  const claim = document.getElementById("claim");
  const name = document.getElementById("name");
  const asOf = document.getElementById("as-of");
  const CODE = new RegExp(record.code);
  let person = record.person;
  let made = 0;

  const controls = (within) => [...within.querySelectorAll("[data-term]")];
  const entries = (section) => [...section.querySelectorAll(".entry")];
  const otherOf = (select) => select.closest(".control").nextElementSibling.querySelector("input");

  // -- entries ---------------------------------------------------------------------------------------------------------

  const number = (section) =>
    entries(section).forEach((entry, at) => {
      const called = bilik.text(`self-${section.dataset.table}-one`, { number: at + 1 });
      entry.querySelector("legend").textContent = called;
      entry.querySelector(".remove").textContent = bilik.text("self-remove", { entry: called });
    });

  /** Shows what belongs to a choice, and nothing else. */
  const follow = (select) => {
    const other = select.closest(".control").nextElementSibling;
    if (!other || !other.classList.contains("other")) return;
    other.hidden = select.value !== "other";
    if (select.dataset.kind === "position" && !other.hidden) select.closest(".entry").querySelector("details").open = true;
  };
  const followStill = (box) => {
    const end = document.getElementById(box.dataset.stillFor);
    end.disabled = box.checked;
    if (box.checked) end.value = "";
  };

  const add = (section, node) => {
    made += 1;
    const entry = section.querySelector("template").content.cloneNode(true).querySelector(".entry");
    for (const one of entry.querySelectorAll("*"))
      for (const { name: attribute, value } of [...one.attributes])
        if (/^(id|for|aria-describedby|data-\w+-for)$/.test(attribute))
          one.setAttribute(attribute, value.replace(/-0(?=-|$)/, `-${made}`));
    entry.id = `${section.dataset.table}-${made}`;
    entry.tabIndex = -1;
    if (node) entry.dataset.node = node;
    section.querySelector(".list").append(entry);
    number(section);
    return entry;
  };

  const clear = () => {
    const day = asOf.value;
    for (const section of sections) section.querySelector(".list").replaceChildren();
    form.reset();
    asOf.value = day; // a record does not say on which day it is judged
    person = record.person;
  };

  /** An empty entry of each kind that everybody has. */
  const begin = () => {
    clear();
    for (const section of sections) if (record.begin.includes(section.dataset.table)) add(section);
  };

  form.addEventListener("click", ({ target }) => {
    const section = target.closest(".entries");
    if (target.matches(".add")) add(section).querySelector("select, input").focus();
    if (target.matches(".remove")) {
      target.closest(".entry").remove();
      number(section);
      section.querySelector(".add").focus();
    }
  });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("select")) follow(target);
    if (target.matches("[data-still-for]")) followStill(target);
  });

  // -- reading the record out of the form ------------------------------------------------------------------------------

  const iri = (value) => `<${value}>`;
  const literal = (text, datatype) => {
    const escaped = text.replace(/[\\"\n\r]/g, (letter) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" })[letter]);
    return datatype ? `"${escaped}"^^<${datatype}>` : `"${escaped}"`;
  };

  /** What a control states, as [property, term]; nothing where it is empty or not asked. */
  const stated = (control) => {
    const { term, kind } = control.dataset;
    if (control.disabled || control.closest(".other[hidden]")) return [];
    const value = control.value.trim();
    if (kind === "field" && value === "other") return [[term, iri(record.codes + otherOf(control).value.trim())]];
    if (value === "" || value === "other") return [];
    if (kind === "date") return [[term, literal(value, record.date)]];
    return [[term, kind === "text" ? literal(value) : iri(value)]];
  };

  const short = (term) => {
    const [, address] = /^<(.*)>$/.exec(term) || [];
    for (const [prefix, namespace] of Object.entries(record.prefixes))
      if (address && address.startsWith(namespace) && /^[\w-]+$/.test(address.slice(namespace.length)))
        return `${prefix}:${address.slice(namespace.length)}`;
    return term.endsWith(`^^<${record.date}>`) ? term.replace(`<${record.date}>`, "xsd:date") : term;
  };
  const described = (node, kind, statements) =>
    `${node}\n    a ${short(iri(kind))}` +
    statements.map(([property, term]) => ` ;\n    ${short(iri(property))} ${short(term)}`).join("") +
    " .\n";

  const nodeOf = (entry) => {
    const section = entry.closest(".entries");
    const own = entry.dataset.node || `${person}#${section.dataset.table}-${entries(section).indexOf(entry) + 1}`;
    entry.dataset.node = own;
    return own;
  };
  const isEmpty = (entry) => controls(entry).every((control) => stated(control).length === 0);

  /** The record as Turtle. An entry in which nothing is filled in is none. */
  const turtle = () => {
    const told = sections.flatMap((section) =>
      entries(section)
        .filter((entry) => !isEmpty(entry))
        .map((entry) => [section.dataset.link, section.dataset.class, nodeOf(entry), controls(entry).flatMap(stated)]),
    );
    const own = [...stated(name), ...stated(claim), ...told.map(([link, , node]) => [link, iri(node)])];
    const prefixes = Object.entries(record.prefixes).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`);
    return [
      prefixes.join(""),
      described(iri(person), record.class, own),
      ...told.map(([, kind, node, statements]) => described(iri(node), kind, statements)),
    ].join("\n");
  };

  // -- what cannot be used ---------------------------------------------------------------------------------------------

  const complain = (control, message) => {
    const wrong = document.getElementById(control.getAttribute("aria-describedby"));
    if (message) wrong.textContent = message;
    wrong.hidden = message === "";
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    return message !== "";
  };
  const wrongEnd = (box) => {
    const end = document.getElementById(box.dataset.stillFor);
    const entry = box.closest(".entry");
    const start = entry.querySelector(".control-start input");
    if (isEmpty(entry) || box.checked) return "";
    if (end.value === "") return bilik.text("self-end-missing");
    return start.value && end.value < start.value ? bilik.text("self-end-before-start") : "";
  };

  /** Shows what is wrong in the form; the first control concerned, if any. */
  const wrong = () => {
    const found = [
      ...[...form.querySelectorAll("[data-code-for]")].filter((code) =>
        complain(code, code.closest("[hidden]") || CODE.test(code.value.trim()) ? "" : bilik.text("self-field-code-wrong")),
      ),
      ...[...form.querySelectorAll("[data-title-for]")].filter((title) =>
        complain(title, title.closest("[hidden]") || title.value.trim() ? "" : bilik.text("self-position-title-missing")),
      ),
      ...[...form.querySelectorAll("[data-still-for]")]
        .filter((box) => complain(document.getElementById(box.dataset.stillFor), wrongEnd(box)))
        .map((box) => document.getElementById(box.dataset.stillFor)),
      ...[asOf].filter((day) => complain(day, day.value === "" ? bilik.text("self-as-of-missing") : "")),
    ];
    return found[0] || null;
  };

  // -- putting a record into the form ----------------------------------------------------------------------------------

  /** Puts values (by property) into controls; false if one has no place there. */
  const put = (within, values) =>
    Object.entries(values).every(([term, [value, ...more]]) => {
      const control = controls(within).find((one) => one.dataset.term === term);
      if (!control || more.length) return false;
      if (control.dataset.kind === "text") {
        const select = document.getElementById(control.dataset.titleFor);
        if (!select || select.value) return false;
        select.value = "other";
        follow(select);
      }
      control.value = value;
      if (control.dataset.kind === "field" && control.value !== value) {
        if (!value.startsWith(record.codes)) return false;
        control.value = "other";
        otherOf(control).value = value.slice(record.codes.length);
      }
      if (control.matches("select")) follow(control);
      if (control.closest("details")) control.closest("details").open = true;
      return control.value === value || control.value === "other";
    });

  /** Puts a record, as the worker opens it, into the form; false, and the form is empty, if it says more than fits. */
  const show = (opened) => {
    clear();
    const own = { ...opened.own };
    for (const known of [record.type, name.dataset.term]) delete own[known];
    for (const section of sections) delete own[section.dataset.link];
    const whole = put(document.getElementById("own"), own);
    const fits = opened.entries.every(({ link, node, values: { [record.type]: _, ...values } }) => {
      const section = sections.find((one) => one.dataset.link === link);
      const entry = add(section, node);
      const box = entry.querySelector("[data-still-for]");
      const ended = put(entry, values);
      if (box) {
        box.checked = document.getElementById(box.dataset.stillFor).value === "";
        followStill(box);
      }
      return ended;
    });
    if (whole && fits) {
      person = opened.person;
      const best = opened.labels.find((label) => label.language === bilik.page.language) || opened.labels[0];
      if (best) name.value = best.text;
      return true;
    }
    begin();
    return false;
  };

  /** How the form calls an entry of the record, with the place where it is; nothing if it has none there. */
  const called = (node) => {
    const entry = [...form.querySelectorAll(".entry")].find((one) => one.dataset.node === node);
    if (!entry) return null;
    const first = entry.querySelector("select");
    const title = entry.querySelector("[data-title-for]");
    const what = first.value === "other" ? title.value.trim() : first.value && first.selectedOptions[0].textContent.trim();
    const legend = entry.querySelector("legend").textContent;
    return { text: what ? `${legend} (${what})` : legend, id: entry.id };
  };

  begin();
  bilik.form = { begin, called, show, turtle, wrong, title: () => name.value.trim() };
})();
