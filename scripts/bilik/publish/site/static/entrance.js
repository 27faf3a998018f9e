"use strict";
// Leads to the start page in the first language that the reader prefers and the site has; the links stay for the rest.
(() => {
  const links = [...document.querySelectorAll("main a[hreflang]")];
  for (const wanted of navigator.languages) {
    const link = links.find((candidate) => wanted.toLowerCase().split("-")[0] === candidate.hreflang);
    if (link) {
      location.replace(link.href);
      return;
    }
  }
})();
