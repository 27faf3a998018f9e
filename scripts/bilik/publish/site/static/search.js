// Search over the names of everything that has a page, without a server: the index of the page's language is loaded
// when the box is focused first. The pattern is the combobox with a list of ARIA: arrows, Enter, Escape.
(function () {
  "use strict";

  var SHOWN = 12;
  // Letters that people without a Kazakh keyboard type in place of Kazakh ones.
  var PLAIN = { "ә": "а", "і": "и", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "ё": "е" };

  var form = document.querySelector("form.search");
  if (!form) return;
  var input = form.querySelector("input");
  var list = document.createElement("ul");
  var status = document.createElement("p");
  var loading = false;
  var entries = null;
  var active = -1;

  function exact(text) {
    return text.normalize("NFC").toLowerCase();
  }

  function plain(text) {
    return exact(text).replace(/[әіқғңөұүһё]/g, function (letter) { return PLAIN[letter]; });
  }

  function words(text) {
    return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  // How well a name fits: 0 where a word of the question is missing; words that begin like it are worth more than words
  // that contain it, a name that begins with the whole question is worth most.
  function worth(name, asked, whole) {
    var found = words(name), sum = 0;
    for (var i = 0; i < asked.length; i++) {
      var best = 0;
      for (var j = 0; j < found.length; j++) {
        if (found[j] === asked[i]) best = Math.max(best, 4);
        else if (found[j].startsWith(asked[i])) best = Math.max(best, 3);
        else if (best === 0 && asked[i].length > 2 && found[j].includes(asked[i])) best = 1;
      }
      if (best === 0) return 0;
      sum += best;
    }
    return sum / asked.length + (name === whole ? 4 : name.startsWith(whole) ? 0.3 : 0) + 0.5 / found.length;
  }

  function find(question) {
    var asked = words(exact(question)), askedPlain = words(plain(question));
    if (!asked.length) return [];
    var results = [];
    entries.forEach(function (entry, place) {
      var best = 0, by = -1;
      entry.names.forEach(function (name, language) {
        var own = language === 0 ? 0.5 : 0;
        var fit = worth(name.exact, asked, exact(question));
        if (fit) fit += 0.5;
        else fit = worth(name.plain, askedPlain, plain(question));
        if (fit && fit + own > best) { best = fit + own; by = language; }
      });
      // What people look for most comes first in the index: a position before a concept that is named after it.
      if (best) results.push({ entry: entry, worth: best - place / entries.length, by: by, place: place });
    });
    results.sort(function (one, other) { return other.worth - one.worth || one.place - other.place; });
    return results;
  }

  function load() {
    if (loading) return;
    loading = true;
    var script = document.createElement("script");
    script.src = form.dataset.root + "/static/search-" + form.dataset.language + ".js";
    script.onload = function () {
      entries = window.bilikSearch.entries.map(function (entry) {
        return {
          kind: window.bilikSearch.kinds[entry[0]],
          page: entry[1],
          names: entry.slice(2).map(function (name) { return { shown: name, exact: exact(name), plain: plain(name) }; })
        };
      });
      show();
    };
    script.onerror = function () { loading = false; };
    document.head.appendChild(script);
  }

  function option(result, number) {
    var item = document.createElement("li"), name = document.createElement("span"), kind = document.createElement("span");
    item.id = "search-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.page = result.entry.page;
    name.textContent = result.entry.names[0].shown;
    kind.className = "sort";
    kind.textContent = result.entry.kind;
    item.append(name, " ", kind);
    if (result.by > 0) {
      var other = document.createElement("span");
      other.className = "other";
      other.lang = window.bilikSearch.languages[result.by - 1];
      other.textContent = result.entry.names[result.by].shown;
      item.append(" ", other);
    }
    item.addEventListener("mousedown", function (event) { event.preventDefault(); });
    item.addEventListener("click", function () { go(item); });
    return item;
  }

  function show() {
    if (!entries) return;
    var question = input.value.trim(), results = find(question);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren.apply(list, results.slice(0, SHOWN).map(option));
    open(results.length > 0);
    var said = window.bilikSearch.words;
    status.textContent = !question ? "" : results.length ? said.some.replace("{count}", results.length) : said.none;
    status.className = question && !results.length ? "nothing" : "visually-hidden";
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    var items = list.children;
    if (!items.length) return;
    if (active >= 0) items[active].setAttribute("aria-selected", "false");
    active = (number + items.length) % items.length;
    items[active].setAttribute("aria-selected", "true");
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  }

  function close() {
    open(false);
    active = -1;
    status.textContent = "";
    status.className = "visually-hidden";
  }

  function go(item) {
    close();
    location.href = form.dataset.root + "/" + form.dataset.language + "/" + item.dataset.page;
  }

  list.id = "search-results";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");

  input.addEventListener("focus", function () { load(); show(); });
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      else event.preventDefault();
      close();
    }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var item = list.children[Math.max(active, 0)];
    if (!list.hidden && item) go(item);
  });
  document.addEventListener("keydown", function (event) {
    var there = document.activeElement;
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(there.tagName) && !there.isContentEditable) {
      event.preventDefault();
      input.focus();
    }
  });
})();
