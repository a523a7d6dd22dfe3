/* Runs before the page is drawn: the colours somebody chose, kept on this device. Without a choice the system decides. */
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage may be shut */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
