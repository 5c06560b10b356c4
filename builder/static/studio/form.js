// The form of the section that is chosen, out of what the server says of its props.

import { control } from "./controls.js";
import { el, freshId, iconButton, say, start } from "./dom.js";
import { at, copy, pointer, same } from "./values.js";

const LONG = 5;
// What decides which of the others are shown.
const VARIANT = "variant";
const ALWAYS = new Set(["title", "text", "eyebrow"]);
const WORDS = new Set(["line", "prose", "rich", "link"]);

// Whether a field has something to say in a language.
function speaks(field) {
  if (WORDS.has(field.kind)) return true;
  if (field.kind === "list") return speaks(field.item);
  if (field.kind === "picture") return true;
  return field.kind === "group" && field.fields.some(speaks);
}

// Fields that are folded away, by the heading under which they are.
function folds(fields) {
  const found = new Map();
  for (const each of fields.filter(({ fold }) => fold)) {
    found.set(each.fold, [...(found.get(each.fold) ?? []), each]);
  }
  return [...found];
}

// What a field has that nothing was said of yet.
export function blank(field, { inList = false } = {}) {
  if (field.nullable && !inList) return null;
  if (field.default !== null && field.default !== undefined) return copy(field.default);
  switch (field.kind) {
    case "list":
      return Array.from({ length: field.least ?? 0 }, () => blank(field.item, { inList: true }));
    case "group":
    case "link":
    case "picture":
      return Object.fromEntries(field.fields.map((each) => [each.name, blank(each)]));
    case "switch":
      return false;
    case "number":
      return field.least ?? 0;
    case "choice":
      return field.choices[0]?.value ?? "";
    case "address":
      return "#";
    case "line":
      return field.required || field.least ? field.label : "";
    default:
      return "";
  }
}

export class Form {
  constructor(page, kinds, panel) {
    this.page = page;
    this.kinds = kinds;
    this.panel = panel;
    this.opened = new Set();
    for (const name of ["loaded", "language"]) page.addEventListener(name, () => this.draw());
    page.addEventListener("choose", () => this.draw());
    page.addEventListener("layout", ({ detail }) => {
      if (detail.from !== "form") this.draw();
    });
    page.addEventListener("faults", () => this.blame());
  }

  draw() {
    const { page } = this;
    const section = page.section(page.chosen);
    const kind = section && this.kinds.get(section.type);
    const focused = this.panel.contains(document.activeElement) ? document.activeElement.id : "";
    if (!kind) {
      const text = section ? say("unknownKind") : say("select");
      this.panel.replaceChildren(el("p", { class: "quiet panel__empty" }, text));
      return;
    }
    this.id = section.props.id;
    const shown = kind.fields.filter((each) => this.used(each, kind) && (page.own || speaks(each)));
    const parts = [el("h2", { class: "panel__title" }, kind.name)];
    if (!page.own) {
      const language = page.languages[0].name;
      parts.push(el("p", { class: "hint" }, say("ownLanguage", { language })));
    }
    const content = shown.filter((field) => field.place === "content");
    const look = shown.filter((field) => field.place === "look" && page.own);
    const rare = this.rare(content.filter((each) => !each.fold));
    const often = content.filter((each) => !each.fold && !rare.includes(each));
    const first = [...often, ...look.filter((each) => each.name === VARIANT)];
    parts.push(el("div", { class: "fields" }, ...first.map((each) => this.field(each, [each.name]))));
    for (const [title, fields] of folds(content)) parts.push(this.fold(title, fields, `${this.id}/${title}`));
    if (rare.length) parts.push(this.fold(say("more"), rare, `${this.id}/more`));
    const rest = look.filter((each) => each.name !== VARIANT);
    if (rest.length) parts.push(this.fold(say("moreLook"), rest, "look"));
    const body = el("fieldset", { disabled: !start.mayEdit }, ...parts);
    this.panel.replaceChildren(body);
    this.blame();
    if (focused) document.getElementById(focused)?.focus();
  }

  // Whether the variant that is chosen shows what is filled in.
  used(field, kind) {
    if (!field.variants.length) return true;
    const variant = kind.fields.find((each) => each.name === VARIANT);
    return field.variants.includes(this.value([VARIANT]) ?? variant?.default);
  }

  // What is empty and not asked for: in a long form it stands below the rest, folded.
  rare(fields) {
    if (fields.length <= LONG) return [];
    const plain = new Set(["line", "prose", "address", "number", "link", "group", "picture", "choice", "switch"]);
    return fields.filter((field) => {
      if (field.required || ALWAYS.has(field.name) || !plain.has(field.kind)) return false;
      const value = this.value([field.name]);
      return value === undefined || value === null || same(value, field.default);
    });
  }

  // It is remembered under a name that it was opened.
  fold(title, fields, name) {
    const details = el("details", { class: "fold fields", open: this.opened.has(name) });
    details.append(el("summary", {}, title), ...fields.map((each) => this.field(each, [each.name])));
    details.addEventListener("toggle", () => {
      if (details.open) this.opened.add(name);
      else this.opened.delete(name);
    });
    return details;
  }

  value(path) {
    return at(this.page.props(this.id), path);
  }

  set(path, value, { keep = false, redraw = path[0] === VARIANT } = {}) {
    this.page.change(this.id, path, value, { from: redraw ? "" : "form", keep });
  }

  pointer(path) {
    if (this.page.own) {
      const index = this.page.sections.findIndex((each) => each.props.id === this.id);
      return `/layout/content/${index}/props${pointer(path)}`;
    }
    return `/layout/root/props/translations/${this.page.language}/${this.id}${pointer(path)}`;
  }

  // A field with its label, hint and place for faults.
  field(field, path) {
    const id = `field-${path.join("-")}`;
    if (field.kind === "list") return this.list(field, path, id);
    if (field.kind === "group" || field.kind === "link") return this.group(field, path, id);
    return control(this, field, path, id);
  }

  group(field, path, id) {
    const value = this.value(path);
    const legend = el("legend", { class: "group__legend" }, el("span", {}, field.label));
    const group = el("fieldset", { class: "group", id, "data-pointer": pointer(path) }, legend);
    if (field.nullable) {
      const there = value !== null && value !== undefined;
      const turn = () =>
        this.set(path, there ? null : blank({ ...field, nullable: false, default: null }), { redraw: true });
      const box = el("input", { type: "checkbox", checked: there, onchange: turn, id: `${id}-on`, "aria-label": field.label });
      legend.prepend(box);
      if (!there) return group;
    }
    group.append(...this.inside(field, path));
    return group;
  }

  // The fields of a group, those that few need below the others.
  inside(field, path) {
    const shown = field.fields.filter((each) => this.page.own || speaks(each) || each.name === "alt");
    const drawn = (each) => this.field(each, [...path, each.name]);
    const parts = shown.filter((each) => !each.fold).map(drawn);
    for (const [title, fields] of folds(shown)) {
      parts.push(el("details", { class: "rare" }, el("summary", {}, title), ...fields.map(drawn)));
    }
    return parts;
  }

  list(field, path, id) {
    const value = this.value(path) ?? [];
    const full = field.most !== null && value.length >= field.most;
    const least = value.length <= (field.least ?? 0);
    const rows = value.map((each, index) => this.item(field, path, index, value, least));
    const add = () => {
      this.opened.add(`${this.id}${pointer([...path, value.length])}`);
      this.page.rearrange(this.id, path, (list) => list.push(blank(field.item, { inList: true })));
      const fresh = document.getElementById(`${id}-${value.length}`);
      fresh?.querySelector("input, textarea, summary")?.focus();
    };
    const label = el("span", { class: "list__label", id: `${id}-label` }, field.label);
    const parts = [label];
    if (rows.length) parts.push(el("ol", { class: "list" }, ...rows));
    if (!full && this.page.own) {
      parts.push(
        el("button", { type: "button", class: "button list__add", onclick: add }, `${say("add")}: ${field.item.label}`),
      );
    }
    parts.push(this.faultPlace(id));
    return el("div", { class: rows.length ? "field" : "field field--none", role: "group", "aria-labelledby": `${id}-label`, id, "data-pointer": pointer(path) }, ...parts);
  }

  item(field, path, index, value, least) {
    const here = [...path, index];
    const id = `field-${here.join("-")}`;
    const buttons = this.page.own ? this.itemButtons(path, index, value.length, least) : [];
    const plain = !["group", "link", "picture", "list"].includes(field.item.kind);
    if (plain) {
      const one = control(this, { ...field.item, label: `${field.item.label} ${index + 1}`, bare: true }, here, id);
      return el("li", { class: "list__plain", id: `field-${path.join("-")}-${index}` }, one, ...buttons);
    }
    const name = `${this.id}${pointer(here)}`;
    const open = this.opened.has(name);
    const details = el(
      "details",
      {
        class: "item",
        open,
        ontoggle: (event) => {
          if (event.target !== details) return;
          if (details.open) this.opened.add(name);
          else this.opened.delete(name);
        },
      },
      el("summary", {}, el("span", { class: "item__name", dir: "auto" }, this.itemName(field.item, value[index], index))),
      el("div", { class: "item__body" }, ...this.itemBody(field.item, here)),
    );
    const row = el("li", { class: "list__item", id: `field-${path.join("-")}-${index}`, "data-pointer": pointer(here) }, details);
    row.append(el("span", { class: "list__buttons" }, ...buttons));
    return row;
  }

  itemBody(item, path) {
    if (item.kind === "picture") return [control(this, item, path, `field-${path.join("-")}`)];
    if (item.kind === "list") return [this.list(item, path, `field-${path.join("-")}`)];
    return this.inside(item, path);
  }

  itemName(item, value, index) {
    const named = ["title", "label", "name", "question", "quote", "text", "alt"];
    const key = named.find((each) => typeof value?.[each] === "string" && value[each]);
    return key ? value[key].replace(/\*/g, "") : `${item.label} ${index + 1}`;
  }

  itemButtons(path, index, count, least) {
    const move = (step) =>
      this.page.rearrange(this.id, path, (list) => list.splice(index + step, 0, ...list.splice(index, 1)));
    const remove = () => this.page.rearrange(this.id, path, (list) => list.splice(index, 1));
    return [
      iconButton("up", say("moveUp"), () => move(-1), { disabled: index === 0, id: `up-${path.join("-")}-${index}` }),
      iconButton("down", say("moveDown"), () => move(1), { disabled: index === count - 1, id: `down-${path.join("-")}-${index}` }),
      iconButton("trash", say("remove"), remove, { disabled: least }),
    ];
  }

  faultPlace(id) {
    return el("p", { class: "fault", id: `${id}-fault`, hidden: true });
  }

  // Say each fault at its field, or at what is around it.
  blame() {
    for (const place of this.panel.querySelectorAll(".fault")) place.hidden = true;
    for (const field of this.panel.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    this.panel.querySelector(".panel__faults")?.remove();
    const base = this.pointer([]);
    const rest = [];
    for (const fault of this.page.faults) {
      if (!fault.pointer.startsWith(`${base}/`) || !this.blameOne(fault, fault.pointer.slice(base.length))) {
        rest.push(fault);
      }
    }
    const here = rest.filter(({ pointer: there }) => there === base || there.startsWith(`${base}/`));
    const told = here.length ? here : rest.filter(({ pointer: there }) => !there.startsWith("/layout/content/"));
    if (!told.length || !this.panel.firstChild) return;
    const list = told.map(({ detail }) => el("li", {}, detail));
    this.panel.firstChild.prepend(el("ul", { class: "note panel__faults", role: "alert", id: freshId("faults") }, ...list));
  }

  blameOne(fault, path) {
    const steps = path.split("/").slice(1);
    while (steps.length) {
      const id = `field-${steps.join("-")}`;
      const place = document.getElementById(`${id}-fault`);
      if (place) {
        for (let around = place.closest("details"); around; around = around.parentElement.closest("details")) {
          around.open = true;
        }
        place.textContent = fault.detail;
        place.hidden = false;
        document.getElementById(id)?.setAttribute("aria-invalid", "true");
        return true;
      }
      steps.pop();
    }
    return false;
  }
}
