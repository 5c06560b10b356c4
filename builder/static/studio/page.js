// A page's layout while it is edited: what is chosen, in which language, and its history.
//
// Events: "layout" (something else to show and save), "choose", "language", "faults", "loaded".

import { Steps } from "./steps.js";
import { at, canonical, copy, put } from "./values.js";

export class Page extends EventTarget {
  constructor({ project, languages }) {
    super();
    this.project = project;
    this.languages = languages;
    this.language = languages[0].code;
    this.key = "";
    this.layout = { root: { props: {} }, content: [], zones: {} };
    this.chosen = "";
    this.faults = [];
    this.steps = new Steps();
  }

  get own() {
    return this.language === this.languages[0].code;
  }

  get sections() {
    return this.layout.content;
  }

  section(id) {
    return this.sections.find((each) => each.props.id === id);
  }

  load(key, layout) {
    this.key = key;
    this.layout = layout;
    this.faults = [];
    if (!this.section(this.chosen)) this.chosen = "";
    this.steps.open(`studio:history:${this.project}:${key}`, layout);
    this.#say("loaded");
  }

  choose(id, detail = {}) {
    this.chosen = this.section(id) ? id : "";
    this.#say("choose", detail);
  }

  speak(language) {
    this.language = language;
    this.#say("language");
  }

  blame(faults) {
    if (canonical(faults) === canonical(this.faults)) return;
    this.faults = faults;
    this.#say("faults");
  }

  // The props of a section as they are shown in the language.
  props(id, language = this.language) {
    const own = this.section(id)?.props ?? {};
    if (language === this.languages[0].code) return own;
    return { ...own, ...(this.#words(language)[id] ?? {}) };
  }

  #words(language) {
    return this.layout.root?.props?.translations?.[language] ?? {};
  }

  // `from` says who changed it, so that whoever did need not be drawn anew.
  change(id, path, value, { from = "", keep = false } = {}) {
    this.commit((layout) => this.#place(layout, id, path, value), {
      name: keep ? `${id}${JSON.stringify(path)}${this.language}` : "",
      from,
    });
  }

  #place(layout, id, path, value) {
    const section = layout.content.find((each) => each.props.id === id);
    if (!section) return;
    if (this.own) {
      put(section.props, path, value);
      return;
    }
    // A translation takes the place of a whole prop: the first change brings the rest along.
    const [first, ...rest] = path;
    const here = ["root", "props", "translations", this.language, id, first];
    if (rest.length && at(layout, here) === undefined) put(layout, here, copy(section.props[first]));
    put(layout, [...here, ...rest], value);
  }

  // Something is done to a list: to its other languages too, where they have as many pieces.
  rearrange(id, path, work) {
    this.commit((layout) => {
      const section = layout.content.find((each) => each.props.id === id);
      const own = at(section.props, path);
      const count = own?.length ?? 0;
      const others = Object.values(layout.root?.props?.translations ?? {}).map((each) =>
        at(each[id], path),
      );
      if (!own) put(section.props, path, []);
      work(at(section.props, path));
      for (const other of others) if (Array.isArray(other) && other.length === count) work(other);
    });
  }

  commit(work, { name = "", from = "" } = {}) {
    const layout = copy(this.layout);
    work(layout);
    if (JSON.stringify(layout) === JSON.stringify(this.layout)) return;
    this.steps.add(this.layout, layout, name);
    this.layout = layout;
    this.#after(from);
  }

  undo() {
    this.#turn(this.steps.back(this.layout));
  }

  redo() {
    this.#turn(this.steps.forth(this.layout));
  }

  forgetFuture() {
    this.steps.forgetFuture(this.layout);
  }

  #turn(layout) {
    if (layout === undefined) return;
    this.layout = layout;
    if (!this.section(this.chosen)) this.chosen = "";
    this.#after("history");
  }

  #after(from) {
    this.faults = [];
    this.#say("layout", { from });
  }

  #say(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
