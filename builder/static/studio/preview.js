// The page as visitors would see it, in the sandboxed frame; what is pointed at and typed there.

import { start } from "./dom.js";
import { ask, OfflineError } from "./net.js";

const PAUSE_MS = 120;
const isText = (value) => typeof value === "string";
const isStep = (value) => isText(value) || Number.isInteger(value);

export class Preview extends EventTarget {
  // Events: "text" {id, path, value}, "select" {id}, "key" {key, shift}.
  constructor(page, kinds, extra = () => ({})) {
    super();
    this.page = page;
    this.kinds = kinds;
    this.extra = extra;
    this.frame = document.getElementById("preview");
    this.fit = document.getElementById("fit");
    this.width = 1440;
    this.css = "";
    this.asked = 0;
    this.peeked = null;
    this.ready = new Promise((resolve) => {
      this.whenReady = resolve;
    });
    addEventListener("message", (event) => this.#hear(event));
    this.frame.src = start.frame;
    new ResizeObserver(() => this.#measure()).observe(this.fit);
    page.addEventListener("layout", () => this.soon());
    for (const name of ["loaded", "language"]) page.addEventListener(name, () => this.soon(0));
    page.addEventListener("choose", () => this.#send({ kind: "choose", id: page.chosen }));
  }

  setWidth(width) {
    this.width = width;
    this.#measure();
  }

  // Show another layout for a while; null for the page's own.
  peek(layout) {
    this.peeked = layout;
    this.soon(0);
  }

  soon(pause = PAUSE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), pause);
  }

  async draw() {
    const number = (this.asked += 1);
    this.going?.abort();
    this.going = new AbortController();
    const { key, language } = this.page;
    const layout = this.peeked ?? this.page.layout;
    let answer;
    try {
      answer = await ask(
        "POST",
        `${start.at}pages/${encodeURIComponent(key)}/draw/`,
        { layout, language, css: this.css, ...this.extra() },
        this.going.signal,
      );
    } catch (error) {
      if (error.name === "AbortError" || error instanceof OfflineError) return;
      throw error;
    }
    if (number !== this.asked) return;
    this.fit.classList.toggle("stage__fit--old", answer.status !== 200);
    if (answer.status === 200) await this.#show(answer.body, key, layout);
    else if (answer.status === 404) this.dispatchEvent(new CustomEvent("missing"));
    else if (answer.body.faults && !this.peeked) this.page.blame(answer.body.faults);
  }

  async #show(body, key, layout) {
    await this.ready;
    if (!this.peeked) this.page.blame([]);
    this.css = body.cssName;
    this.#send({
      kind: "page",
      page: key,
      html: body.html,
      css: body.css,
      chosen: this.page.chosen,
      editable: start.mayEdit && !this.peeked,
      texts: this.#texts(layout),
    });
    this.dispatchEvent(new CustomEvent("shown"));
  }

  #send(message) {
    // The frame is of no origin, so that none can be named; what it is sent is the page alone.
    this.frame.contentWindow?.postMessage(message, "*");
  }

  #hear(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== "null") return;
    const message = event.data;
    if (message === null || typeof message !== "object") return;
    const { kind, id, path, value, key } = message;
    if (kind === "ready") this.whenReady();
    else if (kind === "select" && isText(id)) this.#tell("select", { id });
    else if (kind === "key" && isText(key)) this.#tell("key", { key, shift: message.shift === true });
    else if (kind === "text" && isText(id) && isText(value) && this.#known(id, path)) {
      if (start.mayEdit && !this.peeked) this.#tell("text", { id, path, value });
    }
  }

  // Whether a path leads to a text that the form of the section has.
  #known(id, path) {
    if (!Array.isArray(path) || !path.every(isStep)) return false;
    return this.#texts(this.page.layout).some(
      (each) => each.id === id && JSON.stringify(each.path) === JSON.stringify(path),
    );
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #texts(layout) {
    const found = [];
    for (const { type, props } of layout.content) {
      const fields = this.kinds.get(type)?.fields ?? [];
      const shown = layout === this.page.layout ? this.page.props(props.id) : props;
      this.#collect(fields, shown, [], (path, text, lines) =>
        found.push({ id: props.id, path, text, lines }),
      );
    }
    return found;
  }

  #collect(fields, value, path, add) {
    for (const field of fields) this.#collectOne(field, value?.[field.name], [...path, field.name], add);
  }

  #collectOne(field, value, path, add) {
    if (value === null || value === undefined) return;
    if ((field.kind === "line" || field.kind === "prose") && value) {
      if (isText(value)) add(path, value, field.kind === "prose");
    } else if (field.kind === "list" && Array.isArray(value)) {
      value.forEach((each, index) => this.#collectOne(field.item, each, [...path, index], add));
    } else if (field.kind === "group" || field.kind === "link") {
      const inner = field.fields.filter((each) => field.kind === "group" || each.name === "label");
      this.#collect(inner, value, path, add);
    }
  }

  // The frame is as wide as the screen that it stands for, and shrunk into its place.
  #measure() {
    const room = this.fit.getBoundingClientRect();
    if (!room.width || !room.height) return;
    const scale = Math.min(1, room.width / this.width);
    this.frame.style.inlineSize = `${this.width}px`;
    this.frame.style.blockSize = `${room.height / scale}px`;
    this.frame.style.transform = `scale(${scale})`;
    this.frame.style.left = `${Math.max(0, (room.width - this.width * scale) / 2)}px`;
  }
}
