/* Small comforts; every page works without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  /* Say something to a screen reader, once per change. */
  let said = "";
  const announce = (text) => {
    const live = document.getElementById("live");
    if (live && text && text !== said) { said = text; live.textContent = text; }
  };

  const setUp = (part) => {
    part.querySelectorAll("[data-theme-toggle]").forEach((button) => {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(isDark()));
    });
    part.querySelectorAll("[data-close]").forEach((button) => { button.hidden = false; });
    part.querySelectorAll("table.grid").forEach(nameCells);
    part.querySelectorAll(".table-wrap").forEach(reachable);
  };

  /* A table wider than its place scrolls inside it: the keyboard must get there too, and hear where it is. */
  const reachable = (wrap) => {
    if (wrap.scrollWidth <= wrap.clientWidth) {
      ["tabindex", "role", "aria-label"].forEach((name) => wrap.removeAttribute(name));
      return;
    }
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", wrap.querySelector("caption")?.textContent.trim() || document.title);
  };
  window.addEventListener("resize", () => document.querySelectorAll(".table-wrap").forEach(reachable));

  /* Under 700 px a row becomes a card: each cell needs its column's name, and its role back once it is no longer laid out as a table. */
  const nameCells = (table) => {
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach((group) => group.setAttribute("role", "rowgroup"));
    const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    table.querySelectorAll("tr").forEach((row) => {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, place) => {
        const heads = cell.tagName === "TH";
        cell.setAttribute("role", heads ? (cell.parentNode.parentNode.tagName === "THEAD" ? "columnheader" : "rowheader") : "cell");
        if (!heads && !cell.hasAttribute("data-label") && names[place]) cell.dataset.label = names[place];
      });
    });
  };

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-theme-toggle]");
    if (toggle) {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* stays for this page */ }
      setUp(document);
      return;
    }
    const close = event.target.closest("[data-close]");
    if (close) { close.closest(".notice").remove(); document.getElementById("main")?.focus({ preventScroll: true }); return; }
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.target.isConnected ? event.detail.target : document;
    setUp(part.parentNode || document);
  });
  document.addEventListener("htmx:load", (event) => {
    const words = event.detail.elt.querySelector?.("[data-announce]");
    if (words && event.detail.elt !== document.body) announce(words.textContent.trim());
  });

  window.alongside = { announce };
  setUp(document);
})();
