// The site's design tokens: looks to begin from, colours with their contrasts, type and spacing.

import { hex, ofHex, ratio } from "./colours.js";
import { familyFields, label, numberField, styleFields } from "./design_type.js";
import { el, say, start, toast } from "./dom.js";
import { ask, OfflineError } from "./net.js";
import { kept, Steps } from "./steps.js";
import { at, copy, put, same } from "./values.js";

const PAUSE_MS = 900;
const RETRY_MS = 5000;
// Which colours are written on which, and how well it is to be read (WCAG 2.2, 1.4.3).
const ENOUGH = 4.5;
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
const ROLES = ["display", "body", "label"];

const HISTORY = `studio:history:${start.project}:/design`;

export class Design extends EventTarget {
  // Events: "changed" {from}, "loaded".
  constructor(panel) {
    super();
    this.steps = new Steps();
    this.panel = panel;
    this.columns = null;
    this.saved = null;
    this.running = null;
    document.getElementById("tab-design").addEventListener("click", () => this.read());
    document.getElementById("tab-design").addEventListener("focus", () => this.read());
    if (kept(HISTORY)) this.read();
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
  }

  get dirty() {
    return this.columns !== null && !same(this.columns, this.saved);
  }

  // What a drawing of the page wants to know of what is not saved yet.
  get unsaved() {
    return this.dirty ? { style: this.columns } : {};
  }

  async read() {
    // A click focuses too: read once, lest the second answer take back what was chosen meanwhile.
    if (this.columns || this.reading) return;
    this.reading = true;
    const { status, body } = await ask("GET", `${start.at}style/`).catch(() => ({ status: 0 }));
    this.reading = false;
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
    this.steps.open(HISTORY, this.columns);
    this.dispatchEvent(new CustomEvent("loaded"));
  }

  draw() {
    const parts = [
      el("h2", { class: "panel__title" }, say("designTitle")),
      this.#looks(),
      this.#colours(),
      this.#type(),
      this.#spacing(),
    ];
    this.panel.replaceChildren(el("fieldset", { disabled: !start.mayEdit }, ...parts));
    this.#contrast();
  }

  // A token's value as it holds: the site's own, else the default.
  #value(column, path) {
    const own = at(this.columns[column], path)?.$value;
    return own === undefined ? at(this.whole[column], path)?.$value : own;
  }

  #set(column, changes) {
    const columns = copy(this.columns);
    columns[column] ??= {};
    for (const [path, value] of changes) {
      const token = at(columns[column], path) ?? {};
      put(columns[column], path, { ...token, $value: value });
    }
    this.steps.add(this.columns, columns, column + JSON.stringify(changes.map(([path]) => path)));
    this.columns = columns;
    this.#contrast();
    this.#after("");
  }

  undo() {
    this.#turn(this.steps.back(this.columns));
  }

  redo() {
    this.#turn(this.steps.forth(this.columns));
  }

  forgetFuture() {
    if (this.columns) this.steps.forgetFuture(this.columns);
  }

  #turn(columns) {
    if (columns === undefined) return;
    this.columns = columns;
    this.draw();
    this.#after("history");
  }

  #after(from) {
    this.dispatchEvent(new CustomEvent("changed", { detail: { from } }));
    this.#soon(PAUSE_MS);
  }

  #names(column) {
    const isToken = (name) => this.whole[column][name]?.$value !== undefined;
    return Object.keys(this.whole[column] ?? {}).filter((name) => !name.startsWith("$") && isToken(name));
  }

  // --- Looks to begin from

  #looks() {
    const palettes = start.palettes.map(({ name, colors }) => {
      const use = () => {
        const values = Object.entries(colors).map(([token, code]) => [[token], hex(code) ? ofHex(code, null) : code]);
        this.#set("colors", values);
        this.draw();
      };
      const swatches = ["background", "surface", "accent", "inverse"].map((each) => {
        const swatch = el("span", { class: "swatch" });
        swatch.style.background = colors[each];
        return swatch;
      });
      const shown = el("span", { class: "swatches", "aria-hidden": "true" }, ...swatches);
      return el("button", { type: "button", class: "look", onclick: use }, shown, name);
    });
    const pairs = start.pairs.map(({ name, display, body }) => {
      const use = () => {
        const values = ROLES.map((role) => [["family", role], role === "display" ? display : body]);
        this.#set("typography", values);
        this.draw();
      };
      return el("button", { type: "button", class: "look", title: `${display[0]}, ${body[0]}`, onclick: use }, name);
    });
    return el(
      "div",
      { class: "design" },
      el("div", { class: "looks", role: "group", "aria-label": say("palettes") }, ...palettes),
      el("div", { class: "looks", role: "group", "aria-label": say("pairs") }, ...pairs),
    );
  }

  // --- Colours

  #colours() {
    const rows = this.#names("colors").map((name) => {
      const colour = hex(this.#value("colors", [name]));
      if (!colour) return null;
      const id = `colour-${name}`;
      const code = el("output", { for: id, class: "quiet", dir: "ltr" }, colour);
      const input = el("input", { type: "color", id, value: colour });
      input.addEventListener("input", () => {
        code.textContent = input.value;
        this.#set("colors", [[[name], ofHex(input.value, this.#value("colors", [name]))]]);
      });
      return el("div", { class: "colour" }, input, el("label", { for: id }, label(name)), code);
    });
    const contrast = el("ul", { class: "contrast", id: "contrast", "aria-live": "polite" });
    return this.#part(say("colours"), contrast, el("div", { class: "colours" }, ...rows.filter(Boolean)));
  }

  #contrast() {
    const rows = PAIRS.map(([one, other]) => {
      const front = hex(this.#value("colors", [one]));
      const back = hex(this.#value("colors", [other]));
      if (!front || !back) return null;
      const found = ratio(front, back);
      const enough = found >= ENOUGH;
      const sample = el("span", { class: "contrast__sample", "aria-hidden": "true" }, "Aa");
      sample.style.color = front;
      sample.style.background = back;
      const names = say("on", { one: label(one), other: label(other) });
      const told = `${say("ratio", { ratio: found.toFixed(1) })}, ${say(enough ? "enough" : "low")}`;
      return { enough, row: el("li", {}, sample, el("span", {}, names), el("span", { class: enough ? "quiet" : "fault" }, told)) };
    }).filter(Boolean);
    // What reads badly comes first.
    rows.sort((one, other) => Number(one.enough) - Number(other.enough));
    document.getElementById("contrast")?.replaceChildren(...rows.map(({ row }) => row));
  }

  // --- Type and spacing

  #type() {
    const families = ROLES.map((role) => {
      const path = ["family", role];
      const value = this.#value("typography", path);
      if (!Array.isArray(value)) return null;
      return familyFields(role, value, (given) => this.#set("typography", [[path, given]]));
    });
    const styles = this.#names("typography").map((name) => {
      const value = this.#value("typography", [name]);
      if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
      return styleFields(name, value, (given) => {
        Object.assign(value, given);
        this.#set("typography", [[[name], given]]);
      });
    });
    return this.#part(say("type"), ...families.filter(Boolean), ...styles.filter(Boolean));
  }

  #spacing() {
    const rows = this.#names("spacing").map((name) => {
      const set = (given) => this.#set("spacing", [[[name], given]]);
      return numberField(`spacing-${name}`, label(name), this.#value("spacing", [name]), set);
    });
    return this.#part(say("spacing"), ...rows.filter(Boolean));
  }

  #part(title, ...children) {
    return el("section", { class: "design" }, el("h3", { class: "panel__part" }, title), ...children);
  }

  // --- Saving

  #soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  // Save what there is, one request after the other; true once the server has all of it.
  async now() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty) return true;
    this.running = this.#send().finally(() => {
      this.running = null;
    });
    const done = await this.running;
    if (done && this.dirty) this.#soon(PAUSE_MS);
    return done && !this.dirty;
  }

  async #send() {
    const sent = this.columns;
    const changed = Object.entries(sent).filter(([column, value]) => !same(value, this.saved[column]));
    const body = { columns: Object.fromEntries(changed), revision: this.revision };
    try {
      return this.#answered(await ask("PUT", `${start.at}style/`, body), sent);
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error;
      this.#soon(RETRY_MS);
      toast(say("offline"));
      return false;
    }
  }

  #answered({ status, body }, sent) {
    if (status === 200) {
      this.saved = sent;
      this.revision = body.revision;
      if (!this.dirty) toast(say("designSaved"));
      return true;
    }
    if (status === 409) {
      this.#take(body.current);
      this.draw();
      this.dispatchEvent(new CustomEvent("changed", { detail: { from: "history" } }));
      toast(say("designTheirs"));
    } else toast(body.faults?.[0]?.detail ?? say("failed"));
    return false;
  }
}
