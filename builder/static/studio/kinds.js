// The list of section types to add, each with a picture of its example in the site's own look.

import { el, start } from "./dom.js";
import { watchShots } from "./site.js";

export class KindList {
  constructor(page, kinds, outline) {
    this.page = page;
    this.kinds = kinds;
    this.outline = outline;
    this.dialog = document.getElementById("kinds-dialog");
    this.list = document.getElementById("kinds-list");
    this.wanted = document.getElementById("kinds-q");
    this.wanted.addEventListener("input", () => this.#filter());
  }

  open() {
    if (this.drawn !== this.page.language) {
      this.drawn = this.page.language;
      const kinds = [...this.kinds.values()].sort((one, two) =>
        one.name.localeCompare(two.name, start.interface),
      );
      this.list.replaceChildren(...kinds.map((kind) => this.#card(kind)));
      watchShots(this.list);
    }
    this.wanted.value = "";
    this.#filter();
    this.dialog.showModal();
    this.wanted.focus();
  }

  #card(kind) {
    const frame = el("iframe", {
      src: `${start.at}kinds/${kind.type}/${this.page.language}/`,
      sandbox: "",
      loading: "lazy",
      tabindex: "-1",
      title: "",
    });
    const add = () => {
      this.dialog.close();
      this.outline.add(kind.type);
    };
    const name = el("button", { type: "button", class: "card__button", onclick: add }, kind.name);
    const shot = el("div", { class: "shot shot--kind", "aria-hidden": "true" }, frame);
    return el("li", { class: "card", "data-name": `${kind.name} ${kind.type}`.toLocaleLowerCase() }, shot, name);
  }

  #filter() {
    const words = this.wanted.value.toLocaleLowerCase().split(/\s+/);
    for (const card of this.list.children) {
      card.hidden = !words.every((word) => card.dataset.name.includes(word));
    }
  }
}

export async function readKinds(ask) {
  const { body } = await ask("GET", `${start.kinds}?${start.interface}`);
  return { kinds: new Map(body.kinds.map((each) => [each.type, each])), drawings: body.drawings };
}

