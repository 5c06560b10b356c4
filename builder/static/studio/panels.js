// Panels beside the page, and on a phone the one of three parts that is seen.

import { start } from "./dom.js";

const $ = (id) => document.getElementById(id);
const ROUND = [
  () => document.querySelector("#sections .row__name"),
  () => $("main"),
  () => document.querySelector(".panel:not([hidden])"),
];
const PANES = ["list", "page", "form"];

export class Panels {
  constructor(page) {
    this.page = page;
    this.tabs = [...document.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.open(this.#name(tab)));
      tab.addEventListener("keydown", (event) => this.#key(event, tab));
    }
    for (const button of document.querySelectorAll(".tabs [data-pane]")) {
      button.addEventListener("click", () => this.show(button.dataset.pane));
    }
    page.addEventListener("loaded", () => {
      this.refresh("versions");
      this.refresh("comments");
    });
    page.addEventListener("choose", () => this.refresh("comments"));
  }

  #name(tab) {
    return tab.id.replace("tab-", "");
  }

  open(name, { focus = false } = {}) {
    this.now = name;
    for (const tab of this.tabs) {
      const chosen = this.#name(tab) === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    this.show("form");
    this.refresh(name);
    if (focus) {
      const first = $(`panel-${name}`).querySelector("input, textarea, select, [contenteditable], summary, button");
      (first ?? $(`panel-${name}`)).focus();
    }
  }

  // Read a panel of the server's anew, where it is the one that is seen.
  refresh(name) {
    if (!["versions", "comments"].includes(name) || this.now !== name) return;
    const at = new URLSearchParams({ page: this.page.key, section: this.page.chosen });
    globalThis.htmx?.ajax("GET", `${start.at}${name}/?${at}`, { target: `#panel-${name}` });
  }

  show(pane) {
    $("panes").dataset.pane = pane;
    for (const button of document.querySelectorAll(".tabs [data-pane]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
    }
  }

  // From the list to the page to the form, and round.
  round(backwards) {
    const here = document.activeElement;
    const parts = [document.querySelector(".left"), $("main"), document.querySelector(".right")];
    const index = parts.findIndex((part) => part.contains(here));
    const next = (index + (backwards ? -1 : 1) + parts.length) % parts.length;
    this.show(PANES[next]);
    (ROUND[next]() ?? parts[next]).focus();
  }

  #key(event, tab) {
    const rtl = document.documentElement.dir === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = (this.tabs.indexOf(tab) + step + this.tabs.length) % this.tabs.length;
    this.open(this.#name(this.tabs[index]));
    this.tabs[index].focus();
  }
}
