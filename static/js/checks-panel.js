// Keeps the panel of publishing checks up to date with the form that is being written. Nothing is saved by it, and every
// page works without it: “Check without saving” answers the whole page.
const panel = document.getElementById("checks-panel");
const body = panel?.querySelector("[data-checks]");
const announcer = panel?.querySelector("[data-announcer]");
const FORM = "form.draft[data-check-url]";
let latest; // stops the request that a newer one replaces
let written; // the form that the panel tells of

const show = (html) => {
  const { scrollTop } = panel;
  const open = [...body.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent.split(":")[0]);
  const focused = body.contains(document.activeElement) && document.activeElement.textContent;
  body.innerHTML = html; // our own server's, and its text escaped
  for (const summary of body.querySelectorAll("summary")) {
    if (open.includes(summary.textContent.split(":")[0])) summary.parentElement.open = true;
  }
  if (focused) ([...body.querySelectorAll("a, summary")].find((el) => el.textContent === focused) ?? panel).focus({ preventScroll: true });
  panel.scrollTop = scrollTop;
  const said = body.querySelector("[data-announce]")?.dataset.announce ?? "";
  if (announcer.textContent !== said) announcer.textContent = said;
};

const tell = (sentence) => {
  const line = document.createElement("p");
  line.textContent = sentence;
  show(line.outerHTML);
};

const ask = async (url, options) => {
  latest?.abort();
  const mine = (latest = new AbortController());
  panel.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { ...options, signal: mine.signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
    const html = await response.text();
    if (mine !== latest) return;
    if (response.redirected || response.status === 403) tell("You are signed out, or may not write any more. Sign in again in another tab: what you typed stays here.");
    else if (response.ok || response.status === 409) show(html);
    else tell("The checks could not be run just now. They are tried again when you go on typing.");
  } catch (error) {
    if (error.name !== "AbortError") tell("There is no connection. The checks are tried again when you go on typing.");
  } finally {
    if (mine === latest) panel.removeAttribute("aria-busy");
  }
};

const check = (form) => {
  written = form;
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
    if (editor.status === "ready") editor.updateElement();
  }
  return ask(form.dataset.checkUrl, { method: "POST", body: new FormData(form) });
};

if (panel) {
  document.addEventListener("draft:changed", ({ target }) => {
    if (target.matches(FORM)) check(target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-check]");
    const form = button?.closest(FORM);
    if (form) {
      event.preventDefault();
      check(form).then(() => panel.focus());
      return;
    }
    // A field of the form that is open here, also where several forms have one of that name.
    const link = event.target.closest("#checks-panel a[href^='#']");
    const field = link && written?.querySelector(`#${CSS.escape(link.hash.slice(1))}`);
    if (!field || field.offsetParent === null) return; // what an editor hides, its own script finds
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    (field.matches("input, select, textarea") ? field : field.querySelector("input:not([type=hidden]), textarea"))?.focus();
  });
  // Of the form that is open; where none is, of what is saved.
  const follow = (form = document.querySelector(FORM)) => {
    if (form) check(form);
    else {
      written = undefined;
      ask(panel.dataset.savedUrl, {});
    }
  };
  document.addEventListener("content:added", ({ target }) => follow(target.querySelector(FORM) ?? undefined));
  if (body.querySelector("[data-announce]")) written = document.querySelector(FORM);
  else follow();
}
