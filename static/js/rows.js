// Rows of a form that are added, moved and removed where they stand. Each form works without this file.
const reveal = (root) => {
  for (const el of root.querySelectorAll("[data-add], [data-remove], [data-up], [data-down], [data-rows] [data-handle]")) el.hidden = false;
  for (const el of root.querySelectorAll("[data-row] :is([name$='-DELETE'], [name$='-ORDER'])")) el.closest(".field").hidden = true;
};
reveal(document);
document.addEventListener("content:added", ({ target }) => reveal(target));

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

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const set = button?.closest("[data-formset]");
  if (!set) return;
  const has = (name) => name in button.dataset;
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
