// One history of the page and of the site's design: what was done last is undone first.

export class History extends EventTarget {
  // Events: "changed". The page's and the design's tell of theirs by "layout" and "changed".
  constructor(page, design) {
    super();
    this.parts = [page, design];
    page.addEventListener("layout", ({ detail }) => this.#done(page, detail.from));
    design.addEventListener("changed", ({ detail }) => this.#done(design, detail?.from));
    for (const part of this.parts) part.addEventListener("loaded", () => this.#say());
  }

  get undoable() {
    return this.#at("past", (one, other) => other - one);
  }

  get redoable() {
    return this.#at("future", (one, other) => one - other);
  }

  // Whether there was anything to undo, or to do again.
  undo() {
    const part = this.undoable;
    part?.undo();
    return Boolean(part);
  }

  redo() {
    const part = this.redoable;
    part?.redo();
    return Boolean(part);
  }

  #at(side, order) {
    const able = this.parts.filter((part) => part.steps[side].length);
    const when = (part) => part.steps[side].at(-1).at;
    return able.sort((one, other) => order(when(one), when(other)))[0];
  }

  #done(part, from) {
    if (from !== "history") {
      for (const other of this.parts) if (other !== part) other.forgetFuture();
    }
    this.#say();
  }

  #say() {
    this.dispatchEvent(new CustomEvent("changed"));
  }
}
