// Making elements, saying things, opening dialogs.

const start = JSON.parse(document.getElementById("start").textContent);
export { start };

export function say(name, values = {}) {
  const text = start.words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_whole, key) => String(values[key] ?? ""));
}

// `el("button", {class: "…", onclick: …, "aria-label": …}, ...children)`
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name, turns = false) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", turns ? "icon icon--turns" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${start.icons}#${name}`);
  svg.append(use);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return el(
    "button",
    {
      type: "button",
      class: "button button--bare button--icon",
      "aria-label": label,
      title: label,
      onclick,
      ...attributes,
    },
    icon(name),
  );
}

// A note at the edge of the page, with something that can still be done about it.
export function toast(text, action = null) {
  const note = el("div", { class: "toast" }, el("span", { dir: "auto" }, text));
  const close = () => note.remove();
  if (action) {
    const act = () => {
      close();
      action.run();
    };
    note.append(el("button", { type: "button", class: "button button--bare", onclick: act }, action.label));
  }
  const list = document.getElementById("toasts");
  list.append(note);
  while (list.children.length > 3) list.firstChild.remove();
  let timer = setTimeout(close, action ? 9000 : 4000);
  note.addEventListener("focusin", () => clearTimeout(timer));
  note.addEventListener("focusout", () => {
    timer = setTimeout(close, 4000);
  });
}

// For who hears the page: what was done, in words.
export function announce(text) {
  document.getElementById("said").textContent = text;
}

let faultNumber = 0;
export const freshId = (stem) => `${stem}-${(faultNumber += 1)}`;

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-closes]") || event.target === dialog) dialog.close();
  });
}
