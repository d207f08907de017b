/* global CKEDITOR, Sortable */
// The form of a part while somebody writes in it: it says when it has changed, keeps what is typed on the server, tells the
// others that it is open, and lets rows be dragged. Without this file one writes and saves all the same.
const FORM = "form.draft[data-keep-url]";
const PAUSE_MS = 600;
const BETWEEN_KEEPS_MS = 3000;
const HEARTBEAT_MS = 60_000;
const MOST_AT_LEAVING = 60_000; // browsers send no more than 64 KB while a page goes away
const forms = new Map(); // what is known of each open form

const live = document.body.appendChild(document.createElement("p"));
live.className = "hush";
live.setAttribute("role", "status");
const say = (sentence) => {
  live.textContent = sentence;
};

// --- what was typed -------------------------------------------------------

const editorsOf = (form) =>
  Object.values(window.CKEDITOR?.instances ?? {}).filter((editor) => editor.status === "ready" && form.contains(editor.element.$));

const typedIn = (form) => {
  for (const editor of editorsOf(form)) editor.updateElement();
  return new URLSearchParams(new FormData(form));
};

const touched = (form) => {
  const state = forms.get(form);
  if (!state) return;
  state.isKept = false;
  clearTimeout(state.pause);
  state.pause = setTimeout(() => {
    for (const editor of editorsOf(form)) editor.updateElement();
    form.dispatchEvent(new CustomEvent("draft:changed", { bubbles: true }));
  }, PAUSE_MS);
};

// --- keeping it -----------------------------------------------------------

const tell = (form, sentence, time = "") => {
  const line = form.querySelector("[data-kept]");
  if (line.textContent !== sentence) line.textContent = sentence; // said once, not at each pause
  form.querySelector("[data-kept-at]").textContent = time;
};

const failed = (form, why) => tell(form, `Could not be kept: ${why} Your words are still on this page.`);

const keep = async (form) => {
  const state = forms.get(form);
  if (!state || state.isLeaving) return;
  clearTimeout(state.next);
  const wait = state.lastKeep + BETWEEN_KEEPS_MS - Date.now();
  if (state.keeping || wait > 0) {
    state.next = setTimeout(() => keep(form), Math.max(wait, 300));
    return;
  }
  state.lastKeep = Date.now();
  state.isKept = true; // unless something is typed meanwhile
  const body = typedIn(form);
  const request = fetch(form.dataset.keepUrl, { method: "POST", body, redirect: "manual" });
  state.keeping = request;
  try {
    const answer = await request;
    if (answer.status === 204) {
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      tell(form, "Kept on the server, not saved yet", `(${time})`);
      return;
    }
    state.isKept = false;
    const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain");
    if (isSentence) failed(form, await answer.text());
    else if (answer.type === "opaqueredirect" || answer.status === 403) failed(form, "you are signed out, or may not write any more. Sign in in another tab.");
    else failed(form, answer.status === 400 ? "it is too much for one part." : "the server does not answer as it should.");
  } catch {
    state.isKept = false;
    failed(form, "there is no connection.");
    state.next = setTimeout(() => keep(form), 10 * BETWEEN_KEEPS_MS);
  } finally {
    state.keeping = null;
  }
};

document.addEventListener("draft:changed", ({ target }) => keep(target));

// --- saving and leaving ---------------------------------------------------

// What is on its way must not arrive after it was saved: it would be offered again.
const settle = async (form) => {
  const state = forms.get(form);
  if (!state) return;
  state.isLeaving = true;
  clearTimeout(state.pause);
  clearTimeout(state.next);
  await state.keeping?.catch(() => {});
};
const resume = (form) => {
  const state = forms.get(form);
  if (state) state.isLeaving = false;
};

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const state = forms.get(form);
  if (!state || event.defaultPrevented || submitter?.formTarget) return; // a preview opens beside the form
  const isOnItsWay = Boolean(state.keeping);
  if (isOnItsWay) event.preventDefault();
  await settle(form);
  if (isOnItsWay) form.requestSubmit(submitter);
});

addEventListener("beforeunload", (event) => {
  for (const [form, state] of forms) {
    if (state.isKept || state.isLeaving) continue;
    const body = typedIn(form);
    const fits = body.toString().length < MOST_AT_LEAVING && !form.querySelector("[data-kept]").textContent.startsWith("Could");
    if (fits) fetch(form.dataset.keepUrl, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
    else event.preventDefault();
  }
});

// --- who else is here -----------------------------------------------------

const noteOpen = async (form) => {
  if (document.visibilityState !== "visible") return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value });
  try {
    const answer = await fetch(form.dataset.openUrl, { method: "POST", body, redirect: "manual" });
    const others = form.closest("[data-region]")?.querySelector("[data-others]");
    if (answer.ok && others) others.innerHTML = await answer.text(); // our own server's, its names escaped
  } catch {
    // The next one tries again.
  }
};

setInterval(() => forms.forEach((_, form) => noteOpen(form)), HEARTBEAT_MS);

// --- rows that are dragged ------------------------------------------------

const sortable = (rows, options) =>
  new Sortable(rows, { handle: "[data-handle]", draggable: "[data-row]", forceFallback: true, fallbackTolerance: 4, animation: 0, ...options });

const sortRows = (set) => {
  if (!window.Sortable) return;
  const rows = set.querySelector("[data-rows]");
  sortable(rows, { onEnd: ({ item }) => set.dispatchEvent(new CustomEvent("rows:moved", { bubbles: true, detail: { row: item } })) });
};

document.addEventListener("rows:changed", ({ target, detail }) => {
  const shown = [...target.querySelectorAll("[data-rows] > [data-row]")].filter((row) => !row.hidden);
  const name = detail.row?.querySelector("[data-row-name]");
  const was = name?.textContent;
  shown.forEach((row, index) => {
    const label = row.querySelector("[data-row-name]");
    if (label) label.textContent = `${label.dataset.rowName} ${index + 1}`;
  });
  const place = shown.indexOf(detail.row) + 1;
  if (was && place && was !== name.textContent) say(`${was} is now ${place}.`);
  const form = target.closest(FORM);
  if (form) touched(form);
});

// --- findings -------------------------------------------------------------

// Nothing ticked is lost by looking for words: the page stays.
const find = (search) => {
  const words = search.querySelector("[name=words]").value.toLowerCase().split(/\s+/).filter(Boolean);
  const group = search.closest("[data-region]");
  for (const tick of group.querySelectorAll(".field.tick:has([name=findings])")) {
    const text = `${tick.closest("fieldset").querySelector("legend").textContent} ${tick.textContent}`.toLowerCase();
    tick.hidden = !tick.querySelector("input").checked && !words.every((word) => text.includes(word));
  }
};
const searchOf = (event) => event.target.closest("[data-region] form[role=search]");
document.addEventListener("input", (event) => searchOf(event) && find(searchOf(event)));
document.addEventListener("submit", (event) => {
  const search = searchOf(event);
  if (!search || new URLSearchParams(location.search).has("words")) return;
  event.preventDefault();
  find(search);
});

// --- forms that come and go -----------------------------------------------

const mount = (form) => {
  if (forms.has(form)) return;
  forms.set(form, { isKept: true, isLeaving: false, keeping: null, lastKeep: 0, pause: 0, next: 0 });
  form.addEventListener("input", () => touched(form));
  form.addEventListener("change", () => touched(form));
  form.querySelectorAll("[data-formset]").forEach(sortRows);
  noteOpen(form);
  if ("unsaved" in form.dataset) touched(form);
};

const watchEditor = (editor) => {
  const form = editor.element.$.closest(FORM);
  if (form) editor.on("change", () => editor.checkDirty() && touched(form));
};

if (window.CKEDITOR) {
  CKEDITOR.on("instanceReady", ({ editor }) => watchEditor(editor));
  for (const editor of Object.values(CKEDITOR.instances)) if (editor.status === "ready") watchEditor(editor);
}

const added = (root) => {
  for (const area of root.querySelectorAll("textarea[data-type=ckeditortype][data-processed='0']")) {
    if (!window.CKEDITOR || area.id.includes("__prefix__") || document.readyState === "loading") continue;
    area.dataset.processed = "1";
    CKEDITOR.replace(area.id, JSON.parse(area.dataset.config));
  }
  root.querySelectorAll(FORM).forEach(mount);
};

const removing = (root) => {
  for (const form of root.querySelectorAll(FORM)) {
    for (const timer of ["pause", "next"]) clearTimeout(forms.get(form)?.[timer]);
    forms.delete(form);
  }
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
    if (root.contains(editor.element.$)) editor.destroy(true);
  }
};

document.addEventListener("content:added", ({ target }) => added(target));
document.addEventListener("content:removing", ({ target }) => removing(target));
document.querySelectorAll(FORM).forEach(mount); // CKEditor's own script begins it where the page came with it

// For the page of all parts, which stands in another file.
window.writing = { say, settle, resume, sortable, isUnkept: (form) => forms.has(form) && !forms.get(form).isKept };
