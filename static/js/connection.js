// While the connection is away, a pupil's page stays as it is: what was chosen is not sent into nothing, nor lost with
// the page. The server counts an answer once, however often it is sent.
const away = document.querySelector("[data-away]");
const back = document.querySelector("[data-back]");

if (away && back) {
  let held = null;

  const hold = (event, element) => {
    event.preventDefault();
    held = element;
    away.hidden = false;
    away.scrollIntoView({ block: "nearest" });
  };

  window.addEventListener("offline", () => {
    away.hidden = false;
    back.hidden = true;
  });

  window.addEventListener("online", () => {
    away.hidden = true;
    back.hidden = false;
    held?.focus();
    held = null;
  });

  // A double press sends one form. A page that does not answer can be pressed again after a while.
  let sent = 0;
  window.addEventListener("pageshow", () => (sent = 0));

  document.addEventListener("submit", (event) => {
    if (!navigator.onLine) return hold(event, event.submitter ?? event.target);
    if (Date.now() - sent < 5000) return event.preventDefault();
    sent = Date.now();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const leads = link && link.origin === location.origin && !(link.hash && link.pathname === location.pathname);
    if (leads && !navigator.onLine) hold(event, link);
  });
}
