// A window with our own pictures. A page asks for it with the event "image:pick" and gets the one that was chosen:
// { value, title, src, alt }. What is in the window comes from the server, its errors too.
const source = document.querySelector("[data-image-picker]");
const TROUBLE = "The pictures could not be fetched. Close this window, check that you are still signed in, and try again.";

const make = (tag, values = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...children);
  return element;
};

const heading = make("h2", { id: "picker-heading", textContent: "Choose a picture" });
const close = make("button", { type: "button", className: "button quiet small", textContent: "Close" });
const body = make("div");
const dialog = make("dialog", { className: "picker stack" }, make("div", { className: "cluster apart" }, heading, close), body);
dialog.setAttribute("aria-labelledby", heading.id);
document.body.append(dialog);

let wanted = null;

const show = async (url, options) => {
  body.setAttribute("aria-busy", "true");
  let answer = null;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...options });
    body.innerHTML = await answer.text();
  } catch {
    body.textContent = TROUBLE;
  }
  body.removeAttribute("aria-busy");
  // The page for signing in, or one that says that something went wrong, is no window of ours.
  if (!body.querySelector("[data-pick-window]")) body.replaceChildren(make("p", { role: "alert", textContent: TROUBLE }));
  return answer;
};

const choose = (button) => {
  const { pick: value, title, src, alt } = button.dataset;
  const { chosen } = wanted;
  wanted = null; // so that closing does not put the focus back where it was before
  dialog.close();
  chosen({ value, title, src, alt });
};

close.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  wanted?.closed?.();
  wanted = null;
});
dialog.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  const link = event.target.closest(".pagination a");
  if (button) choose(button);
  if (!link) return;
  event.preventDefault();
  show(new URL(link.getAttribute("href"), new URL(source.dataset.imagePicker, location.href))).then(() =>
    body.querySelector("[data-pick]")?.focus(),
  );
});
dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const { target: form } = event;
  const data = new FormData(form);
  if (form.method === "get") {
    await show(`${source.dataset.imagePicker}?${new URLSearchParams(data)}`);
    body.querySelector("input[type=text], input[type=search]")?.focus();
    return;
  }
  const answer = await show(source.dataset.imagePicker, { method: "POST", body: data });
  const added = body.querySelector("[data-pick]");
  if (answer?.status === 201 && added) choose(added);
  else body.querySelector("[role=alert] a")?.focus();
});

document.addEventListener("image:pick", async (event) => {
  event.preventDefault();
  wanted = event.detail;
  body.textContent = "Fetching the pictures …";
  dialog.showModal();
  await show(`${source.dataset.imagePicker}${wanted.drawings ? "?drawings=on" : ""}`);
  body.querySelector("input[type=text], input[type=search]")?.focus();
});

// A list of pictures to choose from by name gets a button that shows them.
const offer = (select) => {
  const button = make("button", { type: "button", className: "button quiet small", textContent: "Look at the pictures" });
  const said = make("span", { className: "meta" });
  said.setAttribute("role", "status");
  select.after(make("div", { className: "picked" }, button, said));
  button.addEventListener("click", () =>
    document.dispatchEvent(
      new CustomEvent("image:pick", {
        cancelable: true,
        detail: {
          drawings: true,
          closed: () => button.focus(),
          chosen: ({ value, title }) => {
            if (![...select.options].some((option) => option.value === value)) select.append(new Option(title, value));
            select.value = value;
            select.dispatchEvent(new Event("change", { bubbles: true }));
            said.textContent = `Chosen: ${title}`;
          },
        },
      }),
    ),
  );
};
const offerAll = (root) => root.querySelectorAll("select[data-picks]").forEach(offer);
offerAll(document);
document.addEventListener("content:added", ({ target }) => offerAll(target));
