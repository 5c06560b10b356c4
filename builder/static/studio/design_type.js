// Typefaces, their sizes, and distances.

import { el, say, start } from "./dom.js";

const SCRIPTS = ["latin", "arabic"];
export const label = (name) => start.tokens[name] ?? name;

// A number of a token, with its unit in the label; null for what is none.
export function numberField(id, text, value, set, { step = 0.05, min = 0, max } = {}) {
  const dimension = value !== null && typeof value === "object" && "value" in value;
  const number = dimension ? value.value : value;
  if (typeof number !== "number") return null;
  const input = el("input", { id, type: "number", dir: "ltr", step: String(step), min: String(min) });
  if (max) input.max = String(max);
  input.value = String(number);
  input.addEventListener("input", () => {
    const given = Number(input.value);
    if (input.value.trim() !== "" && given >= min) set(dimension ? { ...value, value: given } : given);
  });
  const unit = dimension ? ` (${value.unit})` : "";
  return el("div", { class: "field field--beside" }, el("label", { for: id }, text + unit), input);
}

// The families of one role: a typeface for Latin, one for Arabic, and what is there otherwise.
export function familyFields(name, value, set) {
  const known = start.typefaces;
  const stack = [value].flat().filter(Boolean);
  const rest = stack.filter((each) => !SCRIPTS.some((script) => known[script].includes(each)));
  const now = Object.fromEntries(
    SCRIPTS.map((script) => [script, stack.find((each) => known[script].includes(each)) ?? ""]),
  );
  const fields = SCRIPTS.map((script) => {
    const id = `family-${name}-${script}`;
    const options = known[script].map((each) => el("option", { value: each }, each));
    const select = el("select", { id, dir: "ltr" }, el("option", { value: "" }, say("ofTheSystem")), ...options);
    select.value = now[script];
    select.addEventListener("change", () => {
      now[script] = select.value;
      set([...SCRIPTS.map((each) => now[each]).filter(Boolean), ...rest]);
    });
    return el("div", { class: "field field--half" }, el("label", { for: id }, say(script)), select);
  });
  const legend = el("legend", { class: "group__legend" }, label(name));
  return el("fieldset", { class: "group" }, legend, el("div", { class: "halves" }, ...fields));
}

export function styleFields(name, value, set) {
  const of = (key) => (given) => set({ ...value, [key]: given });
  const fields = [
    numberField(`${name}-size`, say("size"), value.fontSize, of("fontSize"), { min: 0.5 }),
    numberField(`${name}-weight`, say("weight"), value.fontWeight, of("fontWeight"), { step: 50, min: 100, max: 900 }),
    numberField(`${name}-line`, say("lineHeight"), value.lineHeight, of("lineHeight"), { min: 0.8, max: 3 }),
  ];
  return el("details", { class: "fold" }, el("summary", {}, label(name)), ...fields.filter(Boolean));
}
