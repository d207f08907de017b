// “All on this page” shows its ticks. Without this file the server reads it.
for (const all of document.querySelectorAll("[data-tick-all]")) {
  const ticks = [...document.querySelectorAll(`input[form="${all.form.id}"][name="${all.dataset.tickAll}"]`)];
  all.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = all.checked)));
  ticks.forEach((tick) => tick.addEventListener("change", () => (all.checked = ticks.every((one) => one.checked))));
}
