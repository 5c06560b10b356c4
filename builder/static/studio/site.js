// What every page of the studio does by script: little.

for (const field of document.querySelectorAll("[data-submits]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// A menu closes on Escape, and when something else is pressed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// Pictures of pages are whole pages, shrunk to their frame.
const WIDTH = 1280;
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    target.style.setProperty("--scale", contentRect.width / WIDTH);
  }
});

export function watchShots(root = document) {
  for (const shot of root.querySelectorAll(".shot")) sizes.observe(shot);
}

watchShots();
document.addEventListener("htmx:afterSwap", (event) => watchShots(event.target));
