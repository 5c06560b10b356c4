// Saving by itself, and keeping what was typed on this device until the server has it.

import { ask, OfflineError } from "./net.js";
import { same } from "./values.js";

const PAUSE_MS = 900;
const RETRY_MS = 5000;

export class Saver extends EventTarget {
  // Events: "state" {state, detail}, "stale" {current}.
  constructor(page, start) {
    super();
    this.page = page;
    this.at = start.at;
    this.mayEdit = start.mayEdit;
    this.person = start.person;
    this.revision = "";
    this.saved = null;
    this.timer = 0;
    this.running = null;
    this.held = false;
    page.addEventListener("layout", () => this.#changed());
    addEventListener("online", () => this.now());
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
  }

  get dirty() {
    return this.saved !== null && !same(this.saved, this.page.layout);
  }

  get address() {
    return `${this.at}pages/${encodeURIComponent(this.page.key)}/`;
  }

  get #name() {
    return `studio:kept:${this.person}:${this.page.project}:${this.page.key}`;
  }

  // Read a page; what was kept of it on this device goes on, if it stands on what is there.
  async open(key) {
    const { status, body } = await ask("GET", `${this.at}pages/${encodeURIComponent(key)}/`);
    if (status !== 200) return { status };
    this.held = false;
    this.page.key = key;
    const kept = this.mayEdit ? this.#read() : null;
    this.revision = body.revision;
    this.saved = body.layout;
    const goesOn = kept !== null && !same(kept.layout, body.layout);
    this.page.load(key, goesOn ? kept.layout : structuredClone(body.layout));
    this.page.blame(goesOn ? [] : body.faults);
    if (!goesOn) {
      this.#forget();
      this.#say("saved");
    } else if (kept.revision === body.revision) {
      this.#say("unsaved");
      this.#soon(0);
    } else {
      this.#stale(body);
    }
    return { status, resumed: goesOn };
  }

  take(current) {
    this.held = false;
    this.revision = current.revision;
    this.saved = current.layout;
    this.page.load(this.page.key, structuredClone(current.layout));
    this.#forget();
    this.#say("saved");
  }

  #changed() {
    this.kept = this.#write();
    if (this.held) return;
    this.#say(this.dirty ? "unsaved" : "saved");
    this.#soon(PAUSE_MS);
  }

  #soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  // Save what there is; true once the server has all of it.
  async now(extra = {}) {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.held || !this.mayEdit) return false;
    if (!this.dirty && !extra.name) return true;
    this.running = this.#send(extra).finally(() => {
      this.running = null;
    });
    const done = await this.running;
    if (done && this.dirty) this.#soon(PAUSE_MS);
    return done && !this.dirty;
  }

  async #send(extra) {
    const key = this.page.key;
    const layout = this.page.layout;
    this.#say("saving");
    let answer;
    try {
      answer = await ask("PUT", this.address, { layout, revision: this.revision, ...extra });
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error;
      this.#say("offline");
      this.#soon(RETRY_MS);
      return false;
    }
    if (key !== this.page.key) return true;
    return this.#answered(answer, layout);
  }

  #answered({ status, body }, layout) {
    if (status === 200) {
      this.revision = body.revision;
      this.version = body.version;
      this.saved = layout;
      if (!this.dirty) this.#forget();
      this.page.blame([]);
      this.#say(this.dirty ? "unsaved" : "saved");
      return true;
    }
    if (status === 409) this.#stale(body.current);
    else if (status === 401) this.#say("signedOut");
    else if (status === 403 || status === 404) this.#say("forbidden");
    else if (body.faults) {
      this.page.blame(body.faults);
      this.#say("faulty", body.faults);
    } else {
      this.#say("failed");
      this.#soon(RETRY_MS);
    }
    return false;
  }

  #stale(current) {
    // The same on both sides is no conflict.
    if (same(current.layout, this.page.layout)) {
      this.revision = current.revision;
      this.saved = current.layout;
      this.#forget();
      this.#say("saved");
      return;
    }
    this.held = true;
    this.#say("stale");
    this.dispatchEvent(new CustomEvent("stale", { detail: { current } }));
  }

  async saveOver(current) {
    this.held = false;
    this.revision = current.revision;
    this.saved = current.layout;
    return this.now();
  }

  async keepAside() {
    const { status, body } = await ask("PUT", this.address, {
      layout: this.page.layout,
      aside: true,
    });
    if (status === 200) this.take(body);
    else this.#answered({ status, body }, this.page.layout);
    return status === 200;
  }

  #say(state, detail = null) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, detail } }));
  }

  #write() {
    try {
      const told = { layout: this.page.layout, revision: this.revision, at: Date.now() };
      localStorage.setItem(this.#name, JSON.stringify(told));
      return true;
    } catch {
      return false;
    }
  }

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name) ?? "null");
      return Array.isArray(kept?.layout?.content) ? kept : null;
    } catch {
      return null;
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.#name);
    } catch {
      // Nothing was kept where nothing may be.
    }
  }
}
