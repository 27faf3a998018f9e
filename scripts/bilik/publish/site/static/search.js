"use strict";
// The search over names. The index of the page's language is loaded when somebody turns to the search box.
(() => {
  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const { root, language } = form.dataset;
  const SHOWN = 20;

  // Letters that people without a Kazakh keyboard write for others; a match by them counts less than an exact one.
  const FOLDED = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };
  const lower = (text) => text.toLocaleLowerCase("kk");
  const fold = (text) => text.replace(/[әғқңөұүһіё]/g, (letter) => FOLDED[letter]);

  let loading = null;
  const load = () => (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}/static/search.${language}.js`;
    script.onload = () => resolve(prepared(BILIK_SEARCH));
    script.onerror = reject;
    document.head.append(script);
  }));

  function prepared(index) {
    const entries = index.entries.map(([title, page, kind, other]) => {
      const exact = { title: lower(title), other: lower(other) };
      return { title, page, kind, exact, folded: { title: fold(exact.title), other: fold(exact.other) } };
    });
    return { ...index, entries };
  }

  // How well words fit an entry: 0 not at all; more the nearer the beginning of the name, and unfolded.
  function weight(entry, words, foldedWords) {
    let total = 0;
    for (let n = 0; n < words.length; n += 1) {
      const best = Math.max(
        4 * place(entry.exact.title, words[n]),
        3 * place(entry.folded.title, foldedWords[n]),
        2 * place(entry.exact.other, words[n]),
        place(entry.folded.other, foldedWords[n]),
      );
      if (best === 0) return 0;
      total += best;
    }
    return total;
  }

  function place(text, word) {
    const found = text.indexOf(word);
    if (found < 0) return 0;
    if (found === 0) return text.length === word.length ? 4 : 3;
    return /[\s«(“\-·]/.test(text[found - 1]) || text.includes(` ${word}`) ? 2 : 1;
  }

  function search(index, query) {
    const words = lower(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const foldedWords = words.map(fold);
    return index.entries
      .map((entry) => ({ entry, weight: weight(entry, words, foldedWords) }))
      .filter((found) => found.weight)
      .sort((one, other) => other.weight - one.weight || one.entry.kind - other.entry.kind
        || one.entry.title.length - other.entry.title.length)
      .map((found) => found.entry);
  }

  const shown = document.createElement("div");
  shown.className = "found";
  shown.hidden = true;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const list = document.createElement("ul");
  shown.append(status, list);
  form.append(shown);

  function show(index, query) {
    const found = search(index, query);
    list.replaceChildren(...found.slice(0, SHOWN).map((entry) => {
      const link = document.createElement("a");
      link.href = `${root}/${language}/${entry.page}`;
      link.textContent = entry.title;
      const kind = document.createElement("small");
      kind.textContent = index.kinds[entry.kind];
      link.append(kind);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    status.textContent = found.length ? index.found.replace("{count}", found.length) : index.none;
    shown.hidden = !query.trim();
  }

  const refresh = () => load().then((index) => show(index, input.value));
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", refresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh().then(() => list.querySelector("a")?.click());
  });
  form.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !shown.hidden) {
      event.preventDefault();
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    } else if (event.key === "Escape") {
      shown.hidden = true;
      input.focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) shown.hidden = true;
  });
  input.addEventListener("click", () => input.value.trim() && refresh());
})();
