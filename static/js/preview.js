// Marks the reader that is shown, shows the first at once, and begins with the widest frame that there is room for.
// Without it, the buttons fill the frame just the same.
const form = document.querySelector("form[data-preview]");
const buttons = [...form.querySelectorAll("button[name=reader]")];
const mark = (shown) => {
  for (const button of buttons) button.setAttribute("aria-pressed", button === shown);
};
form.addEventListener("submit", ({ submitter }) => mark(submitter));
if (document.querySelector("iframe[name='as-read']").hasAttribute("src")) mark(buttons[0]);
else form.requestSubmit(buttons[0]);

const room = document.querySelector(".viewer").clientWidth;
const widths = [...document.querySelectorAll("input[name=width]")];
(widths.findLast((width) => Number(width.value) <= room) ?? widths[0]).checked = true;
