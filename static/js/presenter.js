// The board, and the script in a second window: both show the slides of one deck and keep each other in step.
// Without this file each slide is a page of its own.
const deck = document.querySelector("[data-deck]");
const isScript = "isScript" in deck.dataset;
const slides = [...deck.querySelectorAll("[data-slide]")];
const find = (name) => document.querySelector(`[data-${name}]`);
const channel = "BroadcastChannel" in window ? new BroadcastChannel(deck.dataset.channel) : null;
const tell = (message) => channel?.postMessage(message);
let here = slides.findIndex((slide) => !slide.hidden);

// --- slides ---------------------------------------------------------------

const go = (index, { quietly = false } = {}) => {
  const next = Math.min(Math.max(index, 0), slides.length - 1);
  if (next === here) return;
  slides[here].hidden = true;
  here = next;
  slides[here].hidden = false;
  slides[here].focus({ preventScroll: true });
  window.scrollTo(0, 0);
  history.replaceState(null, "", `?slide=${here + 1}`);
  showPlace();
  timer.arrive();
  if (!quietly) tell({ slide: here });
};

const count = find("count");
const totals = count.textContent.replace(String(here + 1), "{n}");
const showPlace = () => {
  count.textContent = totals.replace("{n}", String(here + 1));
  for (const [name, index] of [["before", here - 1], ["after", here + 1]]) {
    const link = document.querySelector(`[data-go=${name}]`);
    const leads = index >= 0 && index < slides.length;
    if (leads) link.href = `?slide=${index + 1}`;
    else link.removeAttribute("href");
    link.toggleAttribute("aria-disabled", !leads);
    if (!leads) link.setAttribute("aria-disabled", "true");
  }
  const script = find("script-link");
  if (script) script.href = `${deck.dataset.script}?slide=${here + 1}`;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link) return;
  event.preventDefault();
  go(here + (link.dataset.go === "after" ? 1 : -1));
});

// --- the timer: it counts down the minutes of a part, and stops at nought without a sound --------------------------

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const face = find("time");
const showTime = (seconds) => {
  face.textContent = clock(seconds);
  face.parentElement.closest(".time")?.classList.toggle("over", seconds === 0);
  face.classList.toggle("over", seconds === 0);
};

const timer = {
  part: null,
  left: 0, // seconds, while it stands still
  endsAt: 0, // in milliseconds, while it runs; 0 while it stands still
  tick: 0,
  get seconds() {
    return this.endsAt ? Math.max(0, Math.ceil((this.endsAt - Date.now()) / 1000)) : this.left;
  },
  arrive() {
    if (isScript) return;
    const { part, minutes } = slides[here].dataset;
    if (part === this.part) return;
    this.part = part;
    this.reset(Number(minutes) * 60);
  },
  reset(seconds = Number(slides[here].dataset.minutes) * 60) {
    clearInterval(this.tick);
    this.left = seconds;
    this.whole = seconds;
    this.endsAt = 0;
    find("timer").hidden = !seconds;
    find("time-up").textContent = "";
    this.show();
  },
  press() {
    if (!this.whole) return;
    if (this.endsAt) {
      this.left = this.seconds;
      this.endsAt = 0;
      clearInterval(this.tick);
    } else if (this.left) {
      this.endsAt = Date.now() + this.left * 1000;
      this.tick = setInterval(() => this.beat(), 250);
    }
    this.show();
  },
  beat() {
    if (this.seconds) {
      if (clock(this.seconds) !== face.textContent) this.show();
      return;
    }
    clearInterval(this.tick);
    this.left = 0;
    this.endsAt = 0;
    find("time-up").textContent = find("time-up").dataset.says;
    this.show();
  },
  show() {
    showTime(this.seconds);
    const button = document.querySelector("[data-does=time]");
    button.textContent = this.endsAt ? button.dataset.pause : this.left < this.whole ? button.dataset.on : button.dataset.start;
    button.hidden = !this.endsAt && !this.left;
    tell({ time: this.seconds, hasTime: Boolean(this.whole) });
  },
};

// --- what only the board does ---------------------------------------------

const does = {
  full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  time: () => timer.press(),
  reset: () => timer.reset(),
  keys: () => find("keys").showModal(),
  blank() {
    const blank = find("blank");
    blank.hidden = !blank.hidden;
  },
  notes() {
    const button = document.querySelector("[data-does=notes]");
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    for (const notes of deck.querySelectorAll("[data-notes]")) notes.hidden = !shown;
  },
  reveal() {
    const all = [...slides[here].querySelectorAll("details")];
    const next = all[all.findIndex((details) => details.open) + 1] ?? all[0];
    if (!next) return;
    next.open = true;
    next.scrollIntoView({ block: "nearest" });
  },
};
const KEYS = { f: "full", t: "time", b: "blank", n: "notes", r: "reveal", "?": "keys" };

if (!isScript) {
  for (const button of document.querySelectorAll("[data-does]")) button.hidden = false;
  if (!document.fullscreenEnabled) document.querySelector("[data-does=full]").hidden = true;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-does]");
    if (button) does[button.dataset.does]();
    else if (target.closest("[data-blank]")) does.blank();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || find("keys")?.open) return;
  if (find("blank") && !find("blank").hidden) {
    event.preventDefault();
    does.blank();
    return;
  }
  const isOnControl = event.target.closest("a, button, summary, input, select, textarea");
  const moves = {
    ArrowRight: here + 1,
    PageDown: here + 1,
    ArrowLeft: here - 1,
    PageUp: here - 1,
    Home: 0,
    End: slides.length - 1,
  };
  if (event.key in moves) go(moves[event.key]);
  else if (event.key === " " && !isOnControl) go(here + (event.shiftKey ? -1 : 1));
  else if (!isScript && event.key.toLowerCase() in KEYS) does[KEYS[event.key.toLowerCase()]]();
  else return;
  event.preventDefault();
});

// --- the other window -----------------------------------------------------

channel?.addEventListener("message", ({ data }) => {
  if ("slide" in data) go(data.slide, { quietly: true });
  if (isScript && "time" in data) {
    find("mirror").hidden = !data.hasTime;
    showTime(data.time);
  }
  if (!isScript && data.hello) {
    tell({ slide: here });
    timer.show();
  }
});

timer.arrive();
if (isScript) tell({ hello: true });
