// The list of a page's sections: choosing, moving, duplicating, hiding and deleting them.

import { announce, el, icon, iconButton, say, start, toast } from "./dom.js";
import { dragRows } from "./drag.js";
import { copy } from "./values.js";

export class Outline {
  constructor(page, kinds) {
    this.page = page;
    this.kinds = kinds;
    this.list = document.getElementById("sections");
    for (const name of ["loaded", "layout", "language", "faults"]) {
      page.addEventListener(name, () => this.draw());
    }
    page.addEventListener("choose", () => this.#mark());
    this.list.addEventListener("keydown", (event) => this.#key(event));
    dragRows(this.list, {
      drop: (row, place) => this.put(row.dataset.id, place),
      cancel: () => this.draw(),
    });
  }

  name(section) {
    return this.kinds.get(section.type)?.name ?? say("unknownKind");
  }

  draw() {
    const focused = this.list.contains(document.activeElement)
      ? document.activeElement.closest("li")?.dataset.id
      : null;
    const { sections } = this.page;
    this.list.replaceChildren(...sections.map((section, index) => this.#row(section, index)));
    if (!sections.length) {
      this.list.append(el("li", { class: "quiet rows__empty" }, say("noSections")));
    }
    this.#mark();
    if (focused) this.focus(focused);
  }

  focus(id) {
    this.list.querySelector(`li[data-id="${CSS.escape(id)}"] .row__name`)?.focus();
  }

  #row(section, index) {
    const { id } = section.props;
    const faulty = this.page.faults.some(
      ({ pointer }) =>
        pointer.startsWith(`/layout/content/${index}/`) || pointer.includes(`/${id}/`),
    );
    const props = this.page.props(id);
    const text = String(props.title || props.text || props.brand || "").replace(/\*/g, "");
    const name = el(
      "button",
      { type: "button", class: "row__name", onclick: () => this.page.choose(id, { opens: true }) },
      el("span", { class: "row__kind" }, this.name(section)),
      section.props.hidden === true
        ? el("span", { class: "row__text" }, say("hidden"))
        : el("span", { class: "row__text", dir: "auto" }, text),
    );
    const row = el("li", { class: "row", "data-id": id }, name);
    row.classList.toggle("row--hidden", section.props.hidden === true);
    row.classList.toggle("row--faulty", faulty);
    if (!start.mayEdit) return row;
    row.prepend(el("span", { class: "row__grip", title: say("drag"), "aria-hidden": "true" }, icon("grip")));
    row.append(this.#actions(section, index));
    return row;
  }

  #actions(section, index) {
    const { id } = section.props;
    const hidden = section.props.hidden === true;
    const last = this.page.sections.length - 1;
    return el(
      "span",
      { class: "row__actions" },
      iconButton("up", say("moveUp"), () => this.move(id, -1), { disabled: index === 0 }),
      iconButton("down", say("moveDown"), () => this.move(id, 1), { disabled: index === last }),
      iconButton("copy", say("duplicate"), () => this.duplicate(id)),
      iconButton(hidden ? "eye-off" : "eye", hidden ? say("show") : say("hide"), () => this.hide(id)),
      iconButton("trash", say("delete"), () => this.remove(id)),
    );
  }

  #mark() {
    for (const row of this.list.querySelectorAll("li[data-id]")) {
      const chosen = row.dataset.id === this.page.chosen;
      row.classList.toggle("row--chosen", chosen);
      row.querySelector(".row__name").setAttribute("aria-current", chosen ? "true" : "false");
      if (chosen) row.scrollIntoView({ block: "nearest" });
    }
  }

  #key(event) {
    const id = event.target.closest("li")?.dataset.id;
    if (!id) return;
    const index = this.page.sections.findIndex((each) => each.props.id === id);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const command = event.ctrlKey || event.metaKey;
    const does = () => {
      if (step && event.altKey) return start.mayEdit && (this.move(id, step), true);
      if (step) return this.#go(index + step);
      if (!start.mayEdit || !event.target.matches(".row__name")) return false;
      if (event.key === "Delete" || event.key === "Backspace") return this.remove(id), true;
      if (command && event.key === "d") return this.duplicate(id), true;
      if (!command && event.key.toLowerCase() === "h") return this.hide(id), true;
      return false;
    };
    if (does()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #go(index) {
    const section = this.page.sections[index];
    if (section) {
      this.page.choose(section.props.id);
      this.focus(section.props.id);
    }
    return true;
  }

  move(id, step) {
    const index = this.page.sections.findIndex((each) => each.props.id === id);
    this.put(id, index + step);
    this.focus(id);
  }

  // Set a section at a place among the others.
  put(id, place) {
    const { sections } = this.page;
    const index = sections.findIndex((each) => each.props.id === id);
    const there = Math.max(0, Math.min(sections.length - 1, place));
    if (index < 0 || there === index) return;
    this.page.commit((layout) => {
      const [moved] = layout.content.splice(index, 1);
      layout.content.splice(there, 0, moved);
    });
    const name = this.name(this.page.section(id));
    announce(say("moved", { name, place: there + 1, count: sections.length }));
  }

  freshId(type) {
    const taken = new Set(this.page.sections.map((each) => each.props.id));
    let number = 1;
    while (taken.has(`${type}-${number}`)) number += 1;
    return `${type}-${number}`;
  }

  add(type) {
    const kind = this.kinds.get(type);
    const id = this.freshId(type);
    const [own, ...others] = this.page.languages;
    const example = (code) => copy(kind.examples[code] ?? kind.examples.en);
    const after = this.page.sections.findIndex((each) => each.props.id === this.page.chosen);
    const last = this.page.sections.at(-1)?.type === "Footer" ? 1 : 0;
    const place = after >= 0 ? after + 1 : this.page.sections.length - last;
    this.page.commit((layout) => {
      const props = { ...example(own.code), id };
      layout.content.splice(place, 0, { type, props });
      for (const { code } of others) {
        const all = ((layout.root ??= {}).props ??= {});
        ((all.translations ??= {})[code] ??= {})[id] = this.#wordsOf(kind, example(code));
      }
    });
    this.page.choose(id, { opens: true });
    announce(say("added", { name: kind.name }));
  }

  // Of an example what is said, not how it looks.
  #wordsOf(kind, example) {
    const named = kind.fields.filter((field) => field.place === "content").map((field) => field.name);
    return Object.fromEntries(Object.entries(example).filter(([name]) => named.includes(name)));
  }

  duplicate(id) {
    const section = this.page.section(id);
    const fresh = this.freshId(section.type);
    this.page.commit((layout) => {
      const index = layout.content.findIndex((each) => each.props.id === id);
      const twin = copy(layout.content[index]);
      twin.props.id = fresh;
      layout.content.splice(index + 1, 0, twin);
      for (const words of Object.values(layout.root?.props?.translations ?? {})) {
        if (words[id]) words[fresh] = copy(words[id]);
      }
    });
    this.page.choose(fresh);
    this.focus(fresh);
  }

  hide(id) {
    this.page.commit((layout) => {
      const { props } = layout.content.find((each) => each.props.id === id);
      if (props.hidden === true) delete props.hidden;
      else props.hidden = true;
    });
  }

  remove(id) {
    const name = this.name(this.page.section(id));
    const index = this.page.sections.findIndex((each) => each.props.id === id);
    this.page.commit((layout) => {
      layout.content.splice(index, 1);
      for (const words of Object.values(layout.root?.props?.translations ?? {})) delete words[id];
      const dynamic = layout.root?.props?.dynamic;
      if (dynamic && typeof dynamic === "object") delete dynamic[id];
    });
    const next = this.page.sections[Math.min(index, this.page.sections.length - 1)];
    this.page.choose(next?.props.id ?? "");
    if (next) this.focus(next.props.id);
    toast(say("deleted", { name }), { label: say("undo"), run: () => this.page.undo() });
  }
}
