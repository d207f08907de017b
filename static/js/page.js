// Every page works without this file. What needs it is `hidden` in the HTML and shown here.
const all = (what) => document.querySelectorAll(what);
const show = (what) => all(what).forEach((el) => (el.hidden = false));
show("[data-print], [data-copy]");
if (navigator.share) show("[data-share]");

// Leaving: the page goes blank at once, and the Back button does not return to it. Where a browser has kept the page as
// it was, it stays blank and leaves again.
const exit = document.querySelector("a.quick-exit");
if (exit) {
  let shifts = [];
  let left = false;
  const leave = () => {
    left = document.documentElement.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    shifts = event.key === "Shift" ? [...shifts, Date.now()].slice(-3) : [];
    if (shifts.length === 3 && shifts[2] - shifts[0] < 3000) leave();
  }, true);
  addEventListener("pageshow", () => left && leave());
  // A jump within the page makes no entry of its own: the Back button would return to it after leaving.
  document.addEventListener("click", (event) => {
    const jump = event.target.closest('a[href^="#"]');
    if (!jump || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(jump.href);
  });
}

document.addEventListener("click", async ({ target }) => {
  const { dataset = {} } = target.closest("button") ?? {};
  if ("print" in dataset) print();
  if ("share" in dataset) navigator.share({ title: document.title, url: dataset.share }).catch(() => {}); // closed again
  if ("copy" in dataset) {
    await navigator.clipboard.writeText(dataset.copy);
    target.closest("button").textContent = dataset.copied;
  }
});

// Reading aloud is fetched when it is asked for, and offered only where a voice lives on the device itself.
const voice = document.querySelector("[data-read][data-reader]");
if (voice && window.speechSynthesis) {
  const base = (lang) => lang.toLowerCase().split(/[-_]/)[0];
  const offer = () => {
    const isHere = (said) => said.localService && base(said.lang) === base(voice.dataset.read);
    if (speechSynthesis.getVoices().some(isHere)) voice.hidden = false;
  };
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
  voice.addEventListener("click", async () => {
    await import(voice.dataset.reader);
    voice.click();
  }, { once: true });
}

// “Was this clear?” is answered where it stands: the page that says thank you takes the place of the question.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-clear]") || event.defaultPrevented) return;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
    const said = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("h1");
    const thanks = Object.assign(document.createElement("p"), { textContent: said.textContent, tabIndex: -1 });
    form.replaceChildren(thanks);
    thanks.focus();
  } catch {
    form.removeAttribute("data-clear");
    form.requestSubmit(submitter); // the browser’s own page says what is wrong
  }
});
