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

  document.addEventListener("submit", (event) => {
    if (!navigator.onLine) hold(event, event.submitter ?? event.target);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const leads = link && link.origin === location.origin && !(link.hash && link.pathname === location.pathname);
    if (leads && !navigator.onLine) hold(event, link);
  });
}
