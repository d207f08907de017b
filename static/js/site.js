// Every page works without this file. What needs it is `hidden` in the HTML and shown here.
const reveal = (root) => {
  for (const el of root.querySelectorAll("[data-print], [data-copy], [data-add], [data-remove], [data-up], [data-down], [data-rows] [data-handle]")) el.hidden = false;
  for (const el of root.querySelectorAll("[data-row] :is([name$='-DELETE'], [name$='-ORDER'])")) el.closest(".field").hidden = true;
};
reveal(document);
document.addEventListener("content:added", ({ target }) => reveal(target));

// Leaving: the page goes blank at once, and the back button does not return to it.
const exit = document.querySelector("a.quick-exit");
if (exit) {
  let shifts = [];
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    shifts = event.key === "Shift" ? [...shifts, Date.now()].slice(-3) : [];
    if (shifts.length === 3 && shifts[2] - shifts[0] < 3000) leave();
  });
}

// Django matches saved rows by number, so they keep theirs; new rows take the numbers after them.
const renumber = (set) => {
  const prefix = set.dataset.formset;
  const count = (name) => set.querySelector(`[name='${prefix}-${name}_FORMS']`);
  const old = new RegExp(`(^|id_)${prefix}-(\\d+|__prefix__)-`, "g");
  let next = Number(count("INITIAL").value);
  [...set.querySelector("[data-rows]").children].forEach((row, i) => {
    const order = row.querySelector("[name$='-ORDER'], [data-position]");
    if (order) order.value = i + 1;
    if ("saved" in row.dataset) return;
    for (const el of row.querySelectorAll("*")) {
      for (const attr of el.attributes) attr.value = attr.value.replace(old, `$1${prefix}-${next}-`);
    }
    next += 1;
  });
  count("TOTAL").value = next;
};

const changed = (set, row) => {
  renumber(set);
  set.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true, detail: { row } }));
};

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const has = (name) => name in button.dataset;
  if (has("print")) window.print();
  if (has("copy")) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  }
  const set = button.closest("[data-formset]");
  if (!set) return;
  const row = button.closest("[data-row]");
  let focus = button;
  if (has("add")) {
    const added = set.querySelector("template").content.firstElementChild.cloneNode(true);
    set.querySelector("[data-rows]").append(added);
    reveal(added);
    focus = added.querySelector("input:not([type=hidden]), select, textarea");
  } else if (has("up")) row.previousElementSibling?.before(row);
  else if (has("down")) row.nextElementSibling?.after(row);
  else if (has("remove")) {
    const tick = row.querySelector("[name$='-DELETE']");
    if (tick) tick.checked = row.hidden = true;
    else row.remove();
    focus = set.querySelector("[data-add]");
  } else return;
  changed(set, row);
  focus.focus();
});
document.addEventListener("rows:moved", ({ target, detail }) => changed(target, detail.row));
