// "Check yourself": the form or a file to the worker, what comes back to the page. Nothing leaves the browser.
"use strict";

(() => {
  const { text, form } = bilik;
  const at = (id) => document.getElementById(id);
  const state = at("state");
  const asOf = at("as-of");
  const results = at("results");
  let engine = null;
  let file = null; // the file that is checked as it is, if one is

  const today = () => {
    const now = new Date();
    const digits = (number, count) => String(number).padStart(count, "0");
    return `${digits(now.getFullYear(), 4)}-${digits(now.getMonth() + 1, 2)}-${digits(now.getDate(), 2)}`;
  };
  const tell = (what, key, values) => {
    state.dataset.state = what;
    state.textContent = text(key, values);
  };

  // -- starting --------------------------------------------------------------------------------------------------------

  const start = async () => {
    try {
      const { given, packed, script } = bilik.check;
      const graphs = await Promise.all(packed.map(async (key) => [key, await bilik.unpack(given[key])]));
      engine = await bilik.start(script, { ...given, ...Object.fromEntries(graphs) });
      at("check").disabled = false;
      tell("ready", "self-ready");
    } catch (error) {
      tell("failed", "self-failed", { reason: error.message });
    }
  };

  // -- checking --------------------------------------------------------------------------------------------------------

  const show = (answer, title) => {
    const [found] = answer.persons;
    at("found").replaceChildren(...(found ? bilik.shown(found, answer, title) : []));
    results.hidden = false;
    at("announced").textContent = text("self-done", bilik.counted(found));
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: "start" });
  };

  const check = async () => {
    if (!engine) return;
    if (file && asOf.value) {
      const person = at("person");
      const title = person.selectedOptions[0].textContent;
      show(await engine.ask("check", { ...file, person: person.value, asOf: asOf.value }), title);
      return;
    }
    const wrong = form.wrong();
    if (wrong) {
      if (wrong.closest("details")) wrong.closest("details").open = true;
      wrong.focus();
      return;
    }
    const record = { text: form.turtle(), format: "text/turtle", asOf: asOf.value };
    show(await engine.ask("check", record), form.title());
  };
  at("record").addEventListener("submit", (event) => {
    event.preventDefault();
    check().catch((error) => tell("failed", "self-failed", { reason: error.message }));
  });

  // -- files -----------------------------------------------------------------------------------------------------------

  const asForm = () => {
    file = null;
    at("persons").hidden = true;
    at("back").hidden = true;
    at("record").hidden = false;
    at("opened").textContent = "";
    at("file").value = "";
    results.hidden = true;
  };

  const open = async (chosen) => {
    asForm();
    const opened = at("opened");
    try {
      const { formats } = bilik.check.given;
      const format = formats[/\.[^.]*$|$/.exec(chosen.name)[0].toLowerCase()];
      if (!format) throw new Error(text("self-unknown-kind", { kinds: Object.keys(formats).join(" ") }));
      const read = { text: await chosen.text(), format };
      await started;
      const people = await engine.ask("open", read);
      if (!people.length) throw new Error(text("self-nobody"));
      if (people.length === 1 && form.show(people[0])) {
        opened.textContent = text("self-opened", { file: chosen.name });
        return;
      }
      file = read;
      opened.textContent = text("self-opened-whole", { file: chosen.name });
      const named = ({ person, labels }) =>
        (labels.find((label) => label.language === bilik.page.language) || labels[0] || { text: person }).text;
      at("person").replaceChildren(...people.map((one) => new Option(named(one), one.person)));
      at("persons").hidden = false;
      at("back").hidden = false;
      at("record").hidden = true;
    } catch (error) {
      opened.textContent = text("self-unreadable", { file: chosen.name, reason: error.message });
    }
  };
  at("file").addEventListener("change", () => at("file").files[0] && open(at("file").files[0]));
  at("back").addEventListener("click", asForm);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
  });

  at("save").addEventListener("click", () => {
    const wrong = form.wrong();
    if (wrong) {
      wrong.focus();
      return;
    }
    const address = URL.createObjectURL(new Blob([form.turtle()], { type: "text/turtle" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = bilik.page.record.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  at("clear").addEventListener("click", () => {
    form.begin();
    asForm();
    asOf.value = today();
  });
  at("print").addEventListener("click", () => window.print());

  /** The answer of the worker about a file: what the page shows, for programs. */
  bilik.judge = (read) => engine.ask("check", read);

  asOf.value = today();
  const started = start();
})();
