// Reads a page out: a pupil's, or a guide that parents read. Only with a voice that lives on the device: any other sends the page's words to somebody
// else's machine. Where there is none, or no voice at all, the button stays hidden.
const button = document.querySelector("[data-read]");
const main = document.querySelector(".guide article") ?? document.querySelector("main");
const speech = window.speechSynthesis;
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, blockquote, figcaption, summary, label, legend, .choice";
const SILENT = "[hidden], [data-silent], [role=status], .no-print, .hush, .progress, .button, select, textarea, details:not([open]) > :not(summary)";

const plain = (lang) => lang.toLowerCase().replace("_", "-");

const voiceFor = (lang) => {
  const here = speech.getVoices().filter((voice) => voice.localService && plain(voice.lang).split("-")[0] === plain(lang).split("-")[0]);
  return here.find((voice) => plain(voice.lang) === plain(lang)) ?? here.find((voice) => voice.default) ?? here[0];
};

const langOf = (element) => element.closest("[lang]")?.lang || "en";

// What stands on the page, in order: a heading, a paragraph, a choice at a time.
const parts = () => {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const text = (node.nodeType === Node.TEXT_NODE ? node.data : node.tagName === "IMG" ? node.alt : "").replace(/\s+/g, " ");
    if (!text.trim() || element.closest(SILENT)) continue;
    const block = element.closest(BLOCKS) ?? element;
    const last = found.at(-1);
    if (last?.block === block) last.text += text;
    else found.push({ block, text, lang: langOf(element) });
  }
  return found;
};

if (button && main && speech && window.SpeechSynthesisUtterance) {
  const words = button.querySelector("[data-words]");
  const start = words.textContent;
  let turn = 0;
  let marked = null;

  const mark = (block) => {
    marked?.classList.remove("being-read");
    block?.classList.add("being-read");
    marked = block;
  };

  const stop = () => {
    turn += 1;
    speech.cancel();
    mark(null);
    words.textContent = start;
  };

  const read = (queue, mine) => {
    if (mine !== turn) return;
    const part = queue.shift();
    if (!part) return stop();
    const voice = voiceFor(part.lang);
    if (!voice) return read(queue, mine);
    const said = new SpeechSynthesisUtterance(part.text.trim());
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    said.onend = () => read(queue, mine);
    said.onerror = () => mine === turn && stop();
    mark(part.block);
    part.block.scrollIntoView({ block: "nearest" });
    speech.speak(said);
  };

  button.addEventListener("click", () => {
    if (marked) return stop();
    turn += 1;
    words.textContent = button.dataset.stop;
    read(parts(), turn);
  });

  // Voices may come later than the page.
  const offer = () => (button.hidden = !voiceFor(langOf(main)));
  speech.onvoiceschanged = offer;
  offer();

  // At once, and not only when the next page has come: “Leave this page now” must not go on talking.
  for (const leaving of ["beforeunload", "pagehide"]) window.addEventListener(leaving, stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  stop();
}
