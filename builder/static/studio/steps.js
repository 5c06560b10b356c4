// What was done to a value and can be undone. It outlives a reload of the window.
//
// A step is what the value was before, as JSON, and when that was left: several histories are gone
// through as one by these times.

import { canonical } from "./values.js";

const MOST_STEPS = 100;
const MOST_BYTES = 1_500_000;
const TOGETHER_MS = 1200;

// Whether this window has kept steps under a name.
export function kept(name) {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

export class Steps {
  constructor() {
    this.open("", null);
  }

  // Begin, under a name, with what this window has kept if it left the value that is there now.
  open(name, now) {
    this.name = name;
    this.past = [];
    this.future = [];
    this.last = { name: "", at: 0 };
    try {
      const told = JSON.parse(sessionStorage.getItem(name) ?? "null");
      if (told?.now === canonical(now) && [...told.past, ...told.future].every((each) => each.at)) {
        this.past = told.past;
        this.future = told.future;
      }
    } catch {
      // What cannot be read is no history.
    }
  }

  // The value was `before`; what has the same name and follows at once is the same step.
  add(before, now, name = "") {
    const at = Date.now();
    const goesOn = name && name === this.last.name && at - this.last.at < TOGETHER_MS;
    if (!goesOn) this.past.push({ at, value: JSON.stringify(before) });
    this.last = { name, at };
    this.future = [];
    this.#keep(now);
  }

  // The value before the last step, or after the first that was undone; undefined for none.
  back(now) {
    return this.#turn(this.past, this.future, now);
  }

  forth(now) {
    return this.#turn(this.future, this.past, now);
  }

  #turn(from, to, now) {
    const step = from.pop();
    if (!step) return undefined;
    to.push({ at: step.at, value: JSON.stringify(now) });
    this.last = { name: "", at: 0 };
    const value = JSON.parse(step.value);
    this.#keep(value);
    return value;
  }

  // Something else was done meanwhile: what was undone here is not to be done again.
  forgetFuture(now) {
    if (!this.future.length) return;
    this.future = [];
    this.#keep(now);
  }

  #keep(now) {
    this.past.splice(0, this.past.length - MOST_STEPS);
    let bytes = this.past.reduce((sum, { value }) => sum + value.length, 0);
    while (this.past.length > 1 && bytes > MOST_BYTES) bytes -= this.past.shift().value.length;
    const told = { now: canonical(now), past: this.past, future: this.future };
    try {
      sessionStorage.setItem(this.name, JSON.stringify(told));
    } catch {
      // No room, or none allowed: history lives as long as the page does.
    }
  }
}
