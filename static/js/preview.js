// Marks the reader that is shown, and shows the first at once. Without it, the buttons fill the frame just the same.
const form = document.querySelector("form[data-preview]");
const buttons = [...form.querySelectorAll("button[name=reader]")];
const mark = (shown) => {
  for (const button of buttons) button.setAttribute("aria-pressed", button === shown);
};
form.addEventListener("submit", ({ submitter }) => mark(submitter));
if (document.querySelector("iframe[name='as-read']").hasAttribute("src")) mark(buttons[0]);
else form.requestSubmit(buttons[0]);
