// The tree of pages: opening, adding, naming, ordering and deleting them; the site's languages.

import { announce, el, icon, iconButton, say, start, toast } from "./dom.js";
import { dragRows } from "./drag.js";
import { ask, OfflineError } from "./net.js";

const MOVES = [
  ["page-up", -1],
  ["page-down", 1],
];

export class Pages {
  constructor(page, opens) {
    this.page = page;
    this.opens = opens;
    this.pages = start.pages;
    this.running = new Set();
    this.list = document.getElementById("pages");
    this.dialog = document.getElementById("page-dialog");
    this.form = document.getElementById("page-form");
    for (const name of ["loaded", "language"]) page.addEventListener(name, () => this.draw());
    document.getElementById("add-page")?.addEventListener("click", () => this.#add());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    document.getElementById("page-delete").addEventListener("click", () => this.#remove());
    for (const [id, step] of MOVES) {
      document.getElementById(id).addEventListener("click", async () => {
        await this.#move(this.row.key, step);
        this.#drawMoves();
      });
    }
    this.list.addEventListener("keydown", (event) => this.#key(event));
    dragRows(this.list, {
      drop: (row, place) => this.#put(row.dataset.key, place).then(() => this.draw()),
      cancel: () => this.draw(),
    });
  }

  title(row) {
    if (this.page.own) return row.title;
    return row.words[this.page.language]?.title || row.title;
  }

  draw() {
    this.list.replaceChildren(...this.pages.map((row) => this.#row(row)));
  }

  #row(row) {
    const open = row.key === this.page.key;
    const depth = Math.max(0, row.path.split("/").length - 2);
    const name = el(
      "button",
      {
        type: "button",
        class: "row__name",
        "aria-current": open ? "page" : "false",
        onclick: () => this.opens(row.key),
      },
      el("span", { class: "row__kind", dir: "auto" }, this.title(row)),
      el("span", { class: "row__text", dir: "ltr" }, row.path),
    );
    const item = el("li", { class: "row row--page", "data-key": row.key }, name);
    item.dataset.depth = String(Math.min(3, depth));
    item.classList.toggle("row--chosen", open);
    if (start.mayEdit) {
      const grip = { class: "row__grip", title: say("drag"), "aria-hidden": "true" };
      item.prepend(row.path === "/" ? el("span", { class: "row__gap" }) : el("span", grip, icon("grip")));
      const label = say("pageOptions", { name: this.title(row) });
      const options = iconButton("more", label, () => this.#edit(row));
      item.append(el("span", { class: "row__actions row__actions--always" }, options));
    }
    return item;
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const item = event.target.closest("li");
    if (!step || !item) return;
    event.preventDefault();
    const index = this.pages.findIndex((each) => each.key === item.dataset.key);
    if (!event.altKey) {
      this.list.children[index + step]?.querySelector(".row__name").focus();
      return;
    }
    this.#move(item.dataset.key, step).then(() => {
      this.list.querySelector(`[data-key="${item.dataset.key}"] .row__name`).focus();
    });
  }

  #place(key) {
    return this.pages.findIndex((each) => each.key === key);
  }

  // The home page stays the first.
  #mayMove(key, step) {
    const there = this.#place(key) + step;
    return start.mayEdit && this.#place(key) > 0 && there > 0 && there < this.pages.length;
  }

  async #move(key, step) {
    if (this.#mayMove(key, step)) await this.#put(key, this.#place(key) + step);
  }

  // Set a page at a place among the others.
  async #put(key, there) {
    const keys = this.pages.map((each) => each.key);
    keys.splice(there, 0, ...keys.splice(keys.indexOf(key), 1));
    if (!(await this.#do({ do: "arrange", keys }))) return;
    const name = this.title(this.pages[there]);
    announce(say("moved", { name, place: there + 1, count: keys.length }));
    this.page.dispatchEvent(new CustomEvent("renamed"));
  }

  #drawMoves() {
    for (const [id, step] of MOVES) {
      document.getElementById(id).disabled = !this.#mayMove(this.row.key, step);
    }
  }

  // Wait for what is being asked of the tree of pages.
  async now() {
    await Promise.allSettled(this.running);
  }

  async #do(body) {
    const asked = ask("POST", `${start.at}pages/`, body);
    this.running.add(asked);
    let answer;
    try {
      answer = await asked;
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error;
      toast(say("offline"));
      return null;
    } finally {
      this.running.delete(asked);
    }
    if (answer.status === 200) {
      this.pages = answer.body.pages;
      start.pages = this.pages;
      this.draw();
      return answer.body;
    }
    const said = { 401: "signedOut", 403: "forbidden" }[answer.status];
    this.faults = answer.body.faults ?? [];
    if (said) toast(say(said));
    else if (!this.dialog.open) toast(this.faults[0]?.detail ?? say("failed"));
    return null;
  }

  async #add() {
    const done = await this.#do({ do: "add", title: say("newPage") });
    if (!done) return;
    await this.opens(done.key);
    this.#edit(this.pages.find((each) => each.key === done.key));
  }

  #edit(row) {
    this.row = row;
    const words = this.page.own ? row : (row.words[this.page.language] ?? {});
    const { title, path, description } = this.form.elements;
    title.value = words.title ?? "";
    path.value = row.path;
    description.value = words.description ?? "";
    path.disabled = row.path === "/";
    document.getElementById("page-delete").hidden = row.path === "/";
    this.#blame([]);
    this.#drawMoves();
    this.dialog.showModal();
    title.select();
  }

  #blame(faults) {
    for (const place of this.form.querySelectorAll("[data-fault]")) {
      const name = place.dataset.fault;
      const mine = faults.filter(({ pointer }) =>
        name ? pointer.endsWith(`/${name}`) : !/\/(title|path|description)$/.test(pointer),
      );
      place.textContent = mine.map(({ detail }) => detail).join(" ");
      const field = name ? this.form.elements[name] : null;
      field?.setAttribute("aria-invalid", String(mine.length > 0));
      if (field && mine.length) field.focus();
    }
  }

  async #save() {
    const { title, path, description } = this.form.elements;
    const done = await this.#do({
      do: "change",
      key: this.row.key,
      language: this.page.language,
      title: title.value,
      description: description.value,
      ...(path.disabled ? {} : { path: path.value }),
    });
    if (done) this.dialog.close();
    else this.#blame(this.faults ?? []);
    if (done) this.page.dispatchEvent(new CustomEvent("renamed"));
  }

  async #remove() {
    const { key } = this.row;
    const name = this.title(this.row);
    const done = await this.#do({ do: "remove", key });
    this.dialog.close();
    if (!done) return;
    if (key === this.page.key) await this.opens(this.pages[0].key, { unsaved: true });
    const run = async () => {
      if (!(await this.#do({ do: "bring back", key }))) return;
      toast(say("pageBack"));
      this.opens(key);
    };
    toast(say("pageDeleted", { name }), { label: say("undo"), run });
  }

  async addLanguage(code) {
    return this.#do({ do: "add language", language: code });
  }
}
