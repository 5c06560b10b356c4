// The site's design tokens: colours with their contrasts, type and spacing, and sets of colours.

import { el, say, start, toast } from "./dom.js";
import { ask, OfflineError } from "./net.js";
import { copy, same } from "./values.js";
import { hex, ofHex, ratio } from "./colours.js";

const PAUSE_MS = 900;
// Which colours are written on which.
const PAIRS = [
  ["text", "background"],
  ["text", "surface"],
  ["muted", "background"],
  ["on-accent", "accent"],
  ["on-inverse", "inverse"],
  ["inverse-muted", "inverse"],
  ["inverse-accent", "inverse"],
  ["danger", "background"],
];

export class Design extends EventTarget {
  constructor(panel) {
    super();
    this.panel = panel;
    this.columns = null;
    this.panel.replaceChildren(el("p", { class: "quiet panel__empty" }, "…"));
    document.getElementById("tab-design").addEventListener("click", () => this.read());
  }

  // What a drawing of the page wants to know of what is not saved yet.
  get unsaved() {
    return this.columns && !same(this.columns, this.saved) ? { style: this.columns } : {};
  }

  async read() {
    if (this.columns) return;
    const { status, body } = await ask("GET", `${start.at}style/`).catch(() => ({ status: 0 }));
    if (status !== 200) {
      this.panel.replaceChildren(el("p", { class: "note" }, say(status === 0 ? "offline" : "failed")));
      return;
    }
    this.#take(body);
    this.draw();
  }

  #take(body) {
    this.columns = copy(body.columns);
    this.saved = copy(body.columns);
    this.whole = body.whole;
    this.revision = body.revision;
  }

  draw() {
    const parts = [el("h2", { class: "panel__title" }, say("designTitle"))];
    if (this.presets) parts.push(this.#presets());
    parts.push(this.#colours(), this.#type(), this.#dimensions("spacing"));
    this.panel.replaceChildren(el("fieldset", { disabled: !start.mayEdit }, ...parts));
    this.#contrast();
  }

  // A token's value as it holds: the site's own, else the default.
  #value(column, name) {
    const own = this.columns[column]?.[name]?.$value;
    return own === undefined ? this.whole[column]?.[name]?.$value : own;
  }

  #set(column, name, value) {
    const type = this.whole[column]?.[name]?.$type;
    const token = this.columns[column]?.[name] ?? (type ? { $type: type } : {});
    this.columns = {
      ...this.columns,
      [column]: { ...this.columns[column], [name]: { ...token, $value: value } },
    };
    this.#contrast();
    this.dispatchEvent(new CustomEvent("changed"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  #names(column) {
    return Object.keys(this.whole[column] ?? {}).filter((name) => !name.startsWith("$"));
  }

  #colours() {
    const rows = this.#names("colors").map((name) => {
      const colour = hex(this.#value("colors", name));
      if (!colour) return null;
      const id = `colour-${name}`;
      const code = el("output", { for: id, class: "quiet", dir: "ltr" }, colour);
      const input = el("input", { type: "color", id, value: colour });
      input.addEventListener("input", () => {
        code.textContent = input.value;
        this.#set("colors", name, ofHex(input.value, this.#value("colors", name)));
      });
      return el("div", { class: "colour" }, input, el("label", { for: id }, this.#label(name)), code);
    });
    const contrast = el("ul", { class: "contrast", id: "contrast", "aria-live": "polite" });
    return this.#part(say("colours"), el("div", { class: "colours" }, ...rows.filter(Boolean)), contrast);
  }

  #label(name) {
    return start.tokens?.[name] ?? name;
  }

  #contrast() {
    const list = document.getElementById("contrast");
    if (!list) return;
    const rows = PAIRS.map(([one, other]) => {
      const [front, back] = [hex(this.#value("colors", one)), hex(this.#value("colors", other))];
      if (!front || !back) return null;
      const found = ratio(front, back);
      const enough = found >= 4.5;
      const names = say("on", { one: this.#label(one), other: this.#label(other) });
      const told = say("ratio", { ratio: found.toFixed(1) });
      const sample = el("span", { class: "contrast__sample", "aria-hidden": "true" }, "Aa");
      sample.style.color = front;
      sample.style.background = back;
      const verdict = el("span", { class: enough ? "quiet" : "fault" }, `${told}, ${say(enough ? "enough" : "low")}`);
      return el("li", {}, sample, el("span", {}, names), verdict);
    });
    list.replaceChildren(...rows.filter(Boolean));
  }

  #type() {
    const parts = this.#names("typography").map((name) => {
      const value = this.#value("typography", name);
      if (!value || typeof value !== "object" || Array.isArray(value)) return null;
      const set = (key, given) => this.#set("typography", name, { ...this.#value("typography", name), [key]: given });
      return el(
        "fieldset",
        { class: "group" },
        el("legend", { class: "group__legend" }, this.#label(name)),
        this.#family(name, value, set),
        this.#number(`${name}-size`, say("size"), value.fontSize, (given) => set("fontSize", given)),
        this.#number(`${name}-weight`, say("weight"), value.fontWeight, (given) => set("fontWeight", given), { step: 10, min: 100, max: 900 }),
        this.#number(`${name}-line`, say("lineHeight"), value.lineHeight, (given) => set("lineHeight", given), { step: 0.05, min: 0.8, max: 2.5 }),
      );
    });
    return this.#part(say("type"), ...parts.filter(Boolean));
  }

  #family(name, value, set) {
    const id = `family-${name}`;
    const now = [value.fontFamily].flat().filter(Boolean);
    const known = [...new Set([...now.slice(0, 1), ...(start.families ?? [])])];
    const select = el("select", { id, dir: "ltr" }, ...known.map((each) => el("option", { value: each }, each)));
    select.value = now[0] ?? "";
    select.addEventListener("change", () => set("fontFamily", [select.value, ...now.slice(1)]));
    return el("div", { class: "field" }, el("label", { for: id }, say("family")), select);
  }

  #number(id, label, value, set, bounds = {}) {
    const dimension = value && typeof value === "object" && "value" in value;
    const number = dimension ? value.value : value;
    if (typeof number !== "number") return null;
    const input = el("input", { id, type: "number", dir: "ltr", step: String(bounds.step ?? 0.05), min: String(bounds.min ?? 0) });
    if (bounds.max) input.max = String(bounds.max);
    input.value = String(number);
    input.addEventListener("input", () => {
      const given = Number(input.value);
      if (input.value.trim() === "" || !input.validity.valid) return;
      set(dimension ? { ...value, value: given } : given);
    });
    const unit = dimension ? ` (${value.unit})` : "";
    return el("div", { class: "field field--beside" }, el("label", { for: id }, label + unit), input);
  }

  #dimensions(column) {
    const rows = this.#names(column).map((name) => {
      const value = this.#value(column, name);
      return this.#number(`${column}-${name}`, this.#label(name), value, (given) => this.#set(column, name, given));
    });
    return this.#part(say("spacing"), ...rows.filter(Boolean));
  }

  #presets() {
    return el("div", {});
  }

  #part(title, ...children) {
    return el("section", { class: "design" }, el("h3", { class: "panel__part" }, title), ...children);
  }

  async save() {
    if (same(this.columns, this.saved)) return;
    const sent = this.columns;
    const changed = Object.fromEntries(
      Object.entries(sent).filter(([column, value]) => !same(value, this.saved[column])),
    );
    let answer;
    try {
      answer = await ask("PUT", `${start.at}style/`, { columns: changed, revision: this.revision });
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error;
      this.timer = setTimeout(() => this.save(), 5000);
      toast(say("offline"));
      return;
    }
    if (answer.status === 200) {
      this.saved = sent;
      this.revision = answer.body.revision;
      if (!same(this.columns, sent)) this.save();
      else toast(say("designSaved"));
    } else if (answer.status === 409) {
      this.#take(answer.body.current);
      this.draw();
      this.dispatchEvent(new CustomEvent("changed"));
      toast(say("designTheirs"));
    } else toast(answer.body.faults?.[0]?.detail ?? say("failed"));
  }
}
