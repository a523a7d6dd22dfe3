/* A check-in written without signal is kept on this device, encrypted, and sent when there is one. Nothing else is kept: no
   names, no page. A kept entry is {who, url, label, fields, tried}; a door, for pages opened without signal, {who, url, label}. */
(() => {
  "use strict";
  if (!("serviceWorker" in navigator) || !window.indexedDB || !window.crypto?.subtle) return;
  const who = document.body.dataset.who || "";
  const form = document.querySelector("form[data-offline]");
  const blank = document.querySelector("form[data-blank]");
  const MOST_DOORS = 6;
  const PATIENCE = 20000;  // milliseconds for one answer: a bar of signal is not always signal
  const SHORTEST_PAUSE = 4000, LONGEST_PAUSE = 60000;  // milliseconds between two tries
  const FREE_WORDS = /^(progress|challenges|note|topic_other|action_\d_text)$/;
  if (who || form) navigator.serviceWorker.register("/sw.js").catch(() => { /* the page works without */ });

  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = (() => {
    const opening = indexedDB.open("alongside", 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("keys");
      opening.result.createObjectStore("logs", { autoIncrement: true });
      opening.result.createObjectStore("doors", { autoIncrement: true });
    };
    return asked(opening);
  })();
  const store = async (name, mode = "readonly") => (await database).transaction(name, mode).objectStore(name);

  /* The key cannot be read out, not even by us: only this browser opens what it has sealed. */
  const key = async () => {
    const found = await asked((await store("keys")).get("log"));
    if (found) return found;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await asked((await store("keys", "readwrite")).put(made, "log"));
    return made;
  };
  const seal = async (value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(JSON.stringify(value)));
    return { iv, box };
  };
  const unseal = async ({ iv, box }) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), box)));
  const put = async (name, value, id) => { const sealed = await seal(value); return asked((await store(name, "readwrite")).put(sealed, id)); };
  const drop = async (name, id) => asked((await store(name, "readwrite")).delete(id));
  const all = async (name) => {
    const rows = await store(name);
    const [ids, boxes] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())]);
    const found = [];
    for (const [place, box] of boxes.entries()) {
      try { found.push({ id: ids[place], ...(await unseal(box)) }); } catch { await drop(name, ids[place]); }
    }
    return found;
  };
  const mine = (one) => !one.who || !who || one.who === who;

  /* What a person sees of it: the page carries the words (kept.html), each with its label, link and buttons. */
  const place = () => {
    let list = document.getElementById("kept");
    if (!list) {
      list = document.createElement("div");
      list.id = "kept";
      list.className = "messages";
      document.getElementById("main").prepend(list);
    }
    return list;
  };
  const show = (entry, state, actions = {}) => {
    document.querySelector(`#kept [data-id="${entry.id}"]`)?.remove();
    const words = document.querySelector(`template[data-kept="${state}"]`);
    if (!words) return;
    const part = words.content.firstElementChild.cloneNode(true);
    part.dataset.id = entry.id;
    part.dataset.state = state;
    part.setAttribute("role", "status");
    part.querySelectorAll("[data-label]").forEach((one) => { one.textContent = entry.label; });
    part.querySelectorAll("[data-words]").forEach((one) => { one.textContent = freeWords(entry); });
    part.querySelectorAll("[data-wordless]").forEach((one) => { one.hidden = Boolean(freeWords(entry)); });
    part.querySelectorAll("a[data-url]").forEach((one) => { one.href = entry.url; });
    part.querySelectorAll("button[data-act]").forEach((button) => {
      button.hidden = !actions[button.dataset.act];
      button.addEventListener("click", () => actions[button.dataset.act]());
    });
    place().append(part);
  };
  const freeWords = (entry) => entry.fields.filter(([name, value]) => FREE_WORDS.test(name) && value.trim()).map(([, value]) => value.trim()).join("\n");
  const done = async (entry, state) => { await drop("logs", entry.id); show(entry, state); };
  const throwAway = (entry) => async () => { await drop("logs", entry.id); document.querySelector(`#kept [data-id="${entry.id}"]`)?.remove(); };

  const ask = (url, options = {}) => fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options, headers: { "X-Kept": "1" } });
  const bodyOf = (fields, token) => {
    const body = new FormData();
    fields.forEach(([name, value]) => body.append(name, value));
    body.set("csrfmiddlewaretoken", token);
    return body;
  };
  const tokenOf = (part) => part.querySelector("[name=csrfmiddlewaretoken]").value;

  /* Send one: look at its page first, because somebody may have noted the same check-in meanwhile. */
  const send = async (entry) => {
    let answer;
    try { answer = await ask(entry.url); } catch { return show(entry, "waiting", { send: sendAll }); }
    if (answer.status >= 500 || answer.status === 429) return show(entry, "waiting", { send: sendAll });
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/")) return show(entry, "signin");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("form[data-offline]");
    if (!there) return taken(entry, page.querySelector("form[data-add]"));
    entry.tried = true;
    await put("logs", { who: entry.who, url: entry.url, label: entry.label, fields: entry.fields, tried: true }, entry.id);
    try { answer = await ask(entry.url, { method: "POST", body: bodyOf(entry.fields, tokenOf(there)) }); } catch { return show(entry, "waiting", { send: sendAll }); }
    if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json")) return done(entry, "sent");
    if (answer.status === 409) return send(entry);
    if (answer.status >= 500) return show(entry, "waiting", { send: sendAll });
    const draft = await ask(there.dataset.autosave, { method: "POST", body: bodyOf(entry.fields, tokenOf(there)) }).catch(() => null);
    if (draft?.ok) return done(entry, "look");
    return show(entry, "waiting", { send: sendAll });
  };
  const taken = (entry, adding) => {
    if (!adding) return show(entry, "gone", { discard: throwAway(entry) });
    if (adding.dataset.mine && entry.tried) return done(entry, "sent");  // it had arrived; only the answer was lost
    const add = async () => {
      const answer = await ask(adding.getAttribute("action"), { method: "POST", body: bodyOf([["text", freeWords(entry)]], tokenOf(adding)) }).catch(() => null);
      if (answer?.ok) await done(entry, "sent");
    };
    return show(entry, "taken", { add: freeWords(entry) && add, discard: throwAway(entry) });
  };
  const sendAll = () => navigator.locks.request("kept", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    for (const entry of (await all("logs")).filter(mine)) await send(entry);
    tryLater();
  });
  /* A phone does not always tell that there is signal again: while something waits on this page, it is tried anew. */
  let later = 0, pause = SHORTEST_PAUSE;
  const tryLater = () => {
    window.clearTimeout(later);
    if (!document.querySelector("#kept [data-state=waiting]")) { pause = SHORTEST_PAUSE; return; }
    later = window.setTimeout(sendAll, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  };

  const closeDoor = async (url) => { for (const door of await all("doors")) if (door.url === url) await drop("doors", door.id); };
  const keep = async (url, tried) => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const entry = { who, url, label: form.dataset.offline, fields, tried };
    entry.id = await put("logs", entry);
    await closeDoor(url);
    form.hidden = true;
    document.querySelectorAll("[data-saved]").forEach((one) => { one.dataset.state = ""; });
    if (tried) { show(entry, "waiting", { send: sendAll }); tryLater(); } else await send(entry);
    document.getElementById("kept").scrollIntoView({ block: "center" });
  };

  /* The form of a check-in: sent by script, so that without an answer nothing typed is lost. */
  form?.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    const url = location.pathname + location.search;
    let answer;
    try { answer = await ask(url, { method: "POST", body: new FormData(form) }); } catch { return keep(url, true); }
    if (answer.status === 409) return keep(url, false);  // somebody noted it while this was typed
    if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json")) location.assign((await answer.json()).go);
    else form.submit();  // the server has something to say: let its page say it
  });

  /* Doors: which check-ins may be written on the page that stands in where there is no signal. Days only, no names. */
  const remember = async () => {
    const shown = [...document.querySelectorAll("[data-door]")].map((one) => ({ who, url: one.getAttribute("href"), label: one.dataset.door }));
    if (form) shown.push({ who, url: location.pathname, label: form.dataset.offline });
    const whole = document.querySelector("[data-doors]");  // this page lists all there are
    for (const door of await all("doors")) {
      if (whole || !mine(door) || shown.some((one) => one.url === door.url)) await drop("doors", door.id);
    }
    for (const door of shown.slice(0, MOST_DOORS)) await put("doors", door);
  };
  const openBlank = async () => {
    const kept = (await all("logs")).map((entry) => entry.url);
    const doors = (await all("doors")).filter((door) => !kept.includes(door.url));
    const choice = blank.querySelector("select[name=door]");
    doors.forEach((door) => choice.append(new Option(door.label, door.url)));
    blank.hidden = !doors.length;
    document.querySelectorAll("[data-no-doors]").forEach((part) => { part.hidden = doors.length > 0; });
    const day = blank.elements.held_on;
    const today = () => { day.valueAsDate = new Date(Date.now() - new Date().getTimezoneOffset() * 60000); };
    day.required = true;
    today();
    blank.addEventListener("submit", async (event) => {
      event.preventDefault();
      const door = doors.find((one) => one.url === choice.value);
      const fields = [...new FormData(blank)].filter(([name]) => name !== "door");
      const entry = { who: door.who, url: door.url, label: door.label, fields, tried: false };
      entry.id = await put("logs", entry);
      await drop("doors", door.id);
      choice.selectedOptions[0].remove();
      blank.hidden = !choice.options.length;
      blank.reset();
      today();
      show(entry, "waiting", { send: sendAll });
      tryLater();
      document.getElementById("kept").scrollIntoView({ block: "center" });
    });
  };

  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && document.querySelector("#kept")) sendAll(); });
  (async () => {
    if (blank) await openBlank(); else await remember();
    if (document.querySelector("template[data-kept]")) await sendAll();
  })();
})();
