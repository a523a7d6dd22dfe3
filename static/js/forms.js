/* Forms: jump to the error summary, send once, save while typing, ask before losing work. Without script they are plain forms. */
(() => {
  "use strict";
  document.querySelector("[data-focus]")?.focus();

  /* An error link lands on the field, label in view. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") || field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });

  /* A second press of the same button sends nothing. The press that counts keeps its own name and value. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    window.clearTimeout(waiting.get(form));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }));

  /* <form data-autosave="/address"> posts itself there a moment after each change. The server keeps a draft and answers 2xx. */
  const waiting = new WeakMap();
  const saving = new WeakMap();
  const turns = new WeakMap();  // how often a form has changed: a save that was under way says nothing of what came after it
  const show = (state) => document.querySelectorAll("[data-saved]").forEach((label) => { label.dataset.state = state; });

  const save = async (form) => {
    saving.get(form)?.abort();
    const stop = new AbortController(), turn = turns.get(form);
    saving.set(form, stop);
    show("saving");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, signal: stop.signal, keepalive: true });
      if (!answer.ok) throw new Error(answer.status);
      if (turns.get(form) !== turn) return;
      show("saved");
      delete form.dataset.unsaved;
    } catch (error) {
      if (error.name === "AbortError") return;
      show("failed");
      if (!form.dataset.sent) plan(form, 8000);
    }
  };
  const plan = (form, after) => {
    window.clearTimeout(waiting.get(form));
    waiting.set(form, window.setTimeout(() => save(form), after));
  };
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const changed = (after) => { turns.set(form, (turns.get(form) ?? 0) + 1); show("saving"); plan(form, after); };  // "Saved" would be untrue from the first key on
    form.addEventListener("input", () => { form.dataset.unsaved = "1"; changed(700); });
    form.addEventListener("change", () => changed(100));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    document.querySelectorAll("form[data-autosave][data-unsaved]:not([data-sent])").forEach(save);
  });

  /* <form data-guard>: leaving with unsent words asks first. */
  document.querySelectorAll("form[data-guard]").forEach((form) => form.addEventListener("input", () => { form.dataset.unsaved = "1"; }));
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-unsaved]:not([data-sent])")) event.preventDefault();
  });

  /* <button data-confirm="Remove this goal?">: one more look, where there is no page that asks. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
  }, true);

  /* A part that shows only when a certain answer is chosen: <div data-when="way=other"> or "way=other|post". Without script it is always there. */
  const whens = document.querySelectorAll("[data-when]");
  const refresh = () => whens.forEach((part) => {
    const [name, value] = part.dataset.when.split("=");
    const form = part.closest("form");
    const chosen = new FormData(form).getAll(name);
    part.hidden = !value.split("|").some((one) => chosen.includes(one));
  });
  if (whens.length) { document.addEventListener("change", refresh); refresh(); }

  /* A number and its slider move together: [data-slide] holds both. */
  document.addEventListener("input", (event) => {
    const slide = event.target.closest("[data-slide]");
    if (slide) slide.querySelectorAll("input:not([type=hidden])").forEach((input) => { if (input !== event.target) input.value = event.target.value; });
  });

  /* <form data-send-on-change>: filters that apply themselves; the button stays for those without script. */
  document.addEventListener("change", (event) => { event.target.closest("form[data-send-on-change]")?.requestSubmit(); });
})();
