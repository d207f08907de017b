/* global writing */
// The page of all parts: a part is opened, saved and closed where it stands, and the rows of its lists are moved. Each link
// and button leads to a page of its own without this file; here that page is fetched, and its region is put in place.
const page = document.querySelector("[data-writing]");
const PAGE_URL = page.dataset.writing;
const SIGNED_OUT = "You are signed out, or may not write any more. Sign in in another tab, then try again: what you typed stays here.";
const AWAY = "There is no connection, or the server does not answer as it should. What you typed stays here: try again in a moment.";

const read = async (url, options = {}) => {
  try {
    const answer = await fetch(url, options);
    const path = new URL(answer.url).pathname;
    if (answer.status === 403 || (answer.redirected && !path.startsWith("/desk/"))) return { why: SIGNED_OUT };
    const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
    const region = doc.querySelector("[data-region]");
    if (region || doc.querySelector("[data-writing]")) return { doc, region };
    if (answer.status === 400 || answer.status === 413) return { why: "This is too much for one part: take some of it away. What you typed stays here." };
    if (answer.status === 404) return { why: "It is not there any more: somebody may have removed it. Open this page again to see what there is." };
    return { why: AWAY };
  } catch {
    return { why: AWAY };
  }
};

const slotOf = (element) => element.closest("[data-slot]");
const emit = (element, name) => element.dispatchEvent(new CustomEvent(name, { bubbles: true }));

const put = (slot, nodes) => {
  emit(slot, "content:removing");
  slot.replaceChildren(...nodes);
  emit(slot, "content:added");
};

const tell = (slot, kind, sentence) => {
  slot.querySelector(":scope > .told")?.remove();
  const told = document.createElement("p");
  told.className = `told notice ${kind}`;
  told.setAttribute("role", kind === "good" ? "status" : "alert");
  const words = document.createElement("span");
  words.textContent = sentence;
  told.append(words);
  slot.prepend(told);
  if (kind !== "good") told.scrollIntoView({ block: "nearest" });
};

// What any saving may change: who saved last, what is complete, what the lists began from.
const refreshRest = (doc) => {
  for (const old of page.querySelectorAll("[data-live]")) {
    const fresh = doc.getElementById(old.id);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
};

const refresh = (slot, doc) => {
  const fresh = doc.getElementById(slot.id);
  put(slot, fresh ? [...fresh.childNodes] : []);
  refreshRest(doc);
  readyLists();
};

const saidOn = (doc) => doc.querySelector(".messages")?.textContent.trim().replace(/\s+/g, " ") ?? "";

const show = (slot, region) => {
  put(slot, [region]);
  const heading = region.querySelector("[role=alert], h1, h2, h3");
  if (heading && !heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading?.focus();
  readyLists();
};

const opened = (slot) => slot.querySelector(":scope > [data-region]");

const open = async (slot, url) => {
  const { doc, region, why } = await read(url);
  if (region) show(slot, region);
  else tell(slot, "care", why ?? AWAY);
  return Boolean(doc && region);
};

const close = async (slot, { asks = true } = {}) => {
  const form = slot.querySelector("form.draft");
  if (asks && form && writing.isUnkept(form) && !confirm("What you typed last is not kept yet. Close all the same?")) return;
  const { doc, why } = await read(PAGE_URL);
  if (!doc) return tell(slot, "care", why);
  refresh(slot, doc);
  slot.querySelector("[data-open]")?.focus();
};

// --- saving ---------------------------------------------------------------

const send = async (form, submitter) => {
  const body = new URLSearchParams(new FormData(form, submitter));
  return read(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action, { method: "POST", body });
};

const save = async (form, submitter) => {
  const slot = slotOf(form);
  slot.setAttribute("aria-busy", "true");
  await writing.settle(form);
  const { doc, region, why } = await send(form, submitter);
  slot.removeAttribute("aria-busy");
  if (why) {
    writing.resume(form);
    return tell(slot, "care", why);
  }
  if (region) return show(slot, region);
  refresh(slot, doc);
  tell(slot, "good", saidOn(doc));
  (slot.querySelector("[data-open]") ?? slot).focus();
};

// --- lists ----------------------------------------------------------------

const isBusy = (box) => {
  if (!box.querySelector("[data-list] form.draft")) return false;
  tell(box, "care", "Save or close what is open in this list first.");
  return true;
};

const change = async (box, form, submitter) => {
  if (isBusy(box)) return false;
  const { doc, region, why } = await send(form, submitter);
  if (why) {
    tell(box, "care", why);
    return false;
  }
  if (doc.querySelector("[data-writing]")) {
    refresh(box, doc);
    const said = saidOn(doc);
    if (said) tell(box, "good", said);
    return !box.querySelector("[role=alert]");
  }
  // A new row: its form has come, and its place in the list has not.
  const { doc: fresh } = await read(PAGE_URL);
  if (fresh) refresh(box, fresh);
  const slot = document.getElementById(region.dataset.region) ?? box;
  show(slot, region);
  return true;
};

const move = async (box, place, to, form, button) => {
  const list = box.querySelector("[data-list]");
  const { word, url } = list.dataset;
  const asked = document.createElement("button");
  asked.name = "to";
  asked.value = to;
  asked.hidden = true;
  asked.setAttribute("formaction", `${url}${place}/move/?on=write`);
  form.append(asked);
  const isDone = await change(box, form, asked);
  if (!isDone) return;
  writing.say(`${word[0].toUpperCase()}${word.slice(1)} ${place} is now ${to}.`);
  const row = box.querySelector("[data-list]").children[to - 1];
  const again = button && row.querySelector(`[data-move][value=${button.value}]`);
  (again ?? row.querySelector("[data-move]"))?.focus();
};

const sorted = new WeakMap();
const readyLists = () => {
  for (const list of page.querySelectorAll("[data-list]")) {
    list.querySelectorAll("[data-handle]").forEach((handle) => {
      handle.hidden = false;
    });
    if (!window.Sortable) continue;
    if (!sorted.has(list)) {
      const onEnd = async ({ item, oldDraggableIndex, newDraggableIndex }) => {
        if (oldDraggableIndex === newDraggableIndex) return;
        const box = list.closest("section[data-slot]");
        await move(box, oldDraggableIndex + 1, newDraggableIndex + 1, document.getElementById(`list-${list.dataset.list}`));
        if (item.isConnected && list.isConnected) close(box, { asks: false }); // refused: as it is saved
      };
      sorted.set(list, writing.sortable(list, { onEnd }));
    }
    sorted.get(list).option("disabled", Boolean(list.querySelector("form.draft")));
  }
};

// --- what is pressed ------------------------------------------------------

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || !page.contains(form) || event.defaultPrevented) return;
  if (submitter?.matches("[data-check]") || submitter?.formTarget) return;
  event.preventDefault();
  const slot = slotOf(form);
  if (submitter?.matches("[data-move]")) {
    const row = submitter.closest("[data-row]");
    const place = [...row.parentElement.children].indexOf(row) + 1;
    move(slot, place, submitter.value === "up" ? place - 1 : place + 1, form, submitter);
  } else if ("listForm" in form.dataset) {
    const box = slot.closest("section[data-slot]") ?? slot.parentElement.closest("[data-slot]");
    change(box, form, submitter);
  } else save(form, submitter);
}, true);

// A field of a form that is open here has the slot's name before its own.
const focusOn = (slot, hash) => {
  const id = hash && `${slot.id}_${hash.slice(1)}`;
  const field = id && document.getElementById(id);
  if (!field) return;
  const editor = window.CKEDITOR?.instances[id];
  if (editor?.status === "ready") editor.focus();
  else if (editor) editor.on("instanceReady", () => editor.focus());
  else (field.matches("input, select, textarea") ? field : field.querySelector("input:not([type=hidden]), textarea"))?.focus();
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !page.contains(link)) return;
  const slot = slotOf(link);
  const url = new URL(link.href);
  if ("close" in link.dataset) {
    event.preventDefault();
    close(slot);
  } else if ("open" in link.dataset) {
    event.preventDefault();
    const box = slot.parentElement.closest("[data-slot]");
    if (url.pathname.endsWith("/remove/") && isBusy(box)) return;
    open(slot, link.href);
  } else if (link.closest("#checks-panel")) {
    const writtenHere = link.getAttribute("href").startsWith("#id_");
    const found = writtenHere
      ? [...page.querySelectorAll("form.draft")].map(slotOf).find((one) => document.getElementById(`${one.id}_${url.hash.slice(1)}`))
      : [...page.querySelectorAll("[data-slot]")].find((one) => one.dataset.path === url.pathname);
    if (!found) return;
    event.preventDefault();
    if (!found.querySelector(":scope > ol, :scope > [data-list-form]") && !opened(found)) await open(found, `${url.pathname}?on=write`);
    found.scrollIntoView();
    focusOn(found, url.hash);
  }
});

readyLists();
document.addEventListener("content:added", readyLists);
