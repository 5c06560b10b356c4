// What is in an uploaded picture, by language, and the point of it that stays in sight.

import { el, say, start, toast } from "./dom.js";
import { ask } from "./net.js";

// Elements by which `image` is told of; `back()` once that is done, or not wanted.
export function about(image, back) {
  const focal = [...image.focal];
  const mark = el("span", { class: "focal__mark", "aria-hidden": "true" });
  const ranges = ["across", "down"].map((name, axis) => range(name, focal, axis, () => show()));
  const show = () => {
    [mark.style.left, mark.style.top] = focal.map((share) => `${share * 100}%`);
    for (const [axis, { input }] of ranges.entries()) input.value = String(Math.round(focal[axis] * 100));
  };
  // Where one presses, and while one drags.
  const point = (event) => {
    if (event.type === "pointermove" && !event.buttons) return;
    const box = event.currentTarget.getBoundingClientRect();
    // Before it is loaded, a picture has no place.
    if (!box.width || !box.height) return;
    const shares = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    shares.forEach((share, axis) => {
      focal[axis] = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
    });
    show();
  };
  const shown = el("img", { src: image.address, alt: "", draggable: false });
  const field = el("div", { class: "focal", onpointerdown: point, onpointermove: point }, shown, mark);
  const alts = start.languages.map((language) => altField(image, language));
  const save = async () => {
    const words = Object.fromEntries(alts.map(({ code, input }) => [code, input.value.trim()]));
    const body = { alts: words, focal };
    const answer = await ask("PUT", image.about, body).catch(() => ({ status: 0, body: {} }));
    if (answer.status === 200) {
      document.dispatchEvent(new CustomEvent("studio:redraw"));
      back();
    } else toast(answer.body.faults?.[0]?.detail ?? say(answer.status === 0 ? "offline" : "failed"));
  };
  show();
  return el(
    "div",
    { class: "about" },
    el("div", { class: "stack" }, el("p", { class: "hint" }, say("focalHint")), field, ...ranges.map(({ row }) => row)),
    el(
      "div",
      { class: "stack" },
      ...alts.map(({ row }) => row),
      el(
        "p",
        { class: "together" },
        el("button", { type: "button", class: "button button--main", onclick: save, id: "about-save" }, say("save")),
        el("button", { type: "button", class: "button", onclick: back }, say("back")),
      ),
    ),
  );
}

// The same by the keyboard. Left is left in either direction of writing.
function range(name, focal, axis, show) {
  const input = el("input", { type: "range", min: "0", max: "100", dir: "ltr", id: `focal-${name}` });
  input.addEventListener("input", () => {
    focal[axis] = Number(input.value) / 100;
    show();
  });
  const row = el("div", { class: "field" }, el("label", { for: input.id }, say(name)), input);
  return { input, row };
}

function altField(image, { code, name, direction }) {
  const id = `alt-${code}`;
  const input = el("textarea", { id, lang: code, dir: direction, maxlength: "500", rows: "2" });
  input.value = image.alts[code] ?? "";
  const row = el("div", { class: "field" }, el("label", { for: id }, say("altIn", { language: name })), input);
  return { code, input, row };
}
