// Choosing a picture: of those that were uploaded, or of the library's drawings.

import { el, iconButton, say, start, toast } from "./dom.js";
import { ask, token } from "./net.js";
import { about } from "./picture_about.js";

const dialog = document.getElementById("pictures-dialog");
const list = document.getElementById("pictures-list");
export const drawings = [];

// What is chosen ({art}, {image} or {src}); null for none; undefined where nothing was done.
export async function choosePicture(value) {
  let settle;
  const chosen = new Promise((resolve) => {
    settle = resolve;
  });
  const pick = (given) => {
    settle(given);
    dialog.close();
  };
  const show = () => {
    list.replaceChildren(...parts(value, pick));
    showUploaded(pick, (image) => list.replaceChildren(about(image, show)));
  };
  dialog.addEventListener("close", () => settle(undefined), { once: true });
  dialog.showModal();
  show();
  return chosen;
}

function parts(value, pick) {
  const address = el("input", { type: "url", id: "picture-address", dir: "ltr", placeholder: "https://" });
  address.value = value?.src ?? "";
  const use = () => address.value.trim() && pick({ src: address.value.trim() });
  const art = drawings.map((name) => tile(`${start.at}art/${name}.svg`, name, () => pick({ art: name })));
  return [
    el("div", { class: "uploaded", id: "uploaded" }),
    el("div", { class: "tiles" }, ...art),
    el(
      "div",
      { class: "field picture-address" },
      el("label", { for: "picture-address" }, say("elsewhere")),
      el("div", { class: "together" }, address, el("button", { type: "button", class: "button", onclick: use }, say("choosePicture"))),
    ),
  ];
}

function tile(address, label, onclick) {
  return el(
    "button",
    { type: "button", class: "tile", onclick, "aria-label": label, title: label },
    el("img", { src: address, alt: "", loading: "lazy" }),
  );
}

async function showUploaded(pick, tell) {
  const place = document.getElementById("uploaded");
  if (!start.images) return;
  const { status, body } = await ask("GET", start.images).catch(() => ({ status: 0 }));
  if (status !== 200 || !place.isConnected) return;
  const input = el("input", { type: "file", accept: "image/*", class: "visually-hidden", id: "upload" });
  input.addEventListener("change", () => input.files[0] && send(input.files[0], pick));
  const tiles = body.images.map((each) => {
    const shown = tile(each.address, each.name, () => pick(uploaded(each)));
    const label = say("aboutPicture", { name: each.name });
    const edit = start.mayEdit ? iconButton("pen", label, () => tell(each)) : null;
    return el("div", { class: "tiled" }, shown, edit);
  });
  const label = start.mayEdit ? el("label", { for: "upload", class: "button" }, say("upload")) : null;
  place.replaceChildren(el("p", { class: "together" }, label, input), el("div", { class: "tiles" }, ...tiles));
}

// Where a section says nothing of its own, what the picture says in each language holds.
const uploaded = ({ id }) => ({ image: id, alt: "" });

async function send(file, pick) {
  const form = new FormData();
  form.append("file", file);
  const headers = { "X-CSRFToken": token() };
  const response = await fetch(start.images, { method: "POST", body: form, headers }).catch(() => null);
  const body = (await response?.json().catch(() => null)) ?? {};
  if (response?.ok) pick(uploaded(body));
  else toast(body.faults?.[0]?.detail ?? say(response ? "failed" : "offline"));
}
