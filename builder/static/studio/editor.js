// The editor: its parts put together, what the keyboard does, and what the bar says.

import { conflict } from "./conflict.js";
import { Design } from "./design.js";
import { announce, el, say, start, toast } from "./dom.js";
import { Form } from "./form.js";
import { History } from "./history.js";
import { KindList, readKinds } from "./kinds.js";
import { ask, token } from "./net.js";
import { Outline } from "./outline.js";
import { Page } from "./page.js";
import { Pages } from "./pages.js";
import { Panels } from "./panels.js";
import { drawings } from "./pictures.js";
import { Preview } from "./preview.js";
import { Saver } from "./saving.js";

const $ = (id) => document.getElementById(id);

const page = new Page(start);
const read = await readKinds(ask);
drawings.push(...read.drawings);
const { kinds } = read;
const panels = new Panels(page);
const design = new Design($("panel-design"));
const steps = new History(page, design);
const preview = new Preview(page, kinds, () => design.unsaved);
const saver = new Saver(page, start);
const outline = new Outline(page, kinds);
new Form(page, kinds, $("panel-form"));
const kindList = new KindList(page, kinds, outline);
const pages = new Pages(page, open);

async function open(key, { unsaved = false } = {}) {
  if (!unsaved && page.key && key !== page.key) await saver.now();
  const { status, resumed } = await saver.open(key).catch(() => ({ status: 0 }));
  if (status === 200) {
    if (resumed) toast(say("resumed"));
    history.replaceState(null, "", `?page=${encodeURIComponent(key)}`);
  } else toast(say(status === 0 ? "offline" : "failed"));
}

// --- What the bar says

saver.addEventListener("state", ({ detail: { state } }) => {
  const status = $("status");
  const shown = start.mayEdit ? state : "readOnly";
  status.dataset.state = shown;
  status.textContent = say(saver.kept === false && saver.dirty ? "unkept" : shown);
});
saver.addEventListener("stale", ({ detail }) => conflict({ ...detail, saver, preview }));
design.addEventListener("changed", () => preview.soon());

steps.addEventListener("changed", () => {
  $("undo").disabled = !steps.undoable || !start.mayEdit;
  $("redo").disabled = !steps.redoable || !start.mayEdit;
});
const undo = () => steps.undo() && announce(say("undone"));
const redo = () => steps.redo() && announce(say("redone"));
$("undo").addEventListener("click", undo);
$("redo").addEventListener("click", redo);

// --- Widths and languages

function setWidth(width) {
  for (const each of $("widths").children) {
    each.setAttribute("aria-pressed", String(Number(each.dataset.width) === width));
  }
  preview.setWidth(width);
}
for (const button of $("widths").children) {
  button.addEventListener("click", () => setWidth(Number(button.dataset.width)));
}
// On a small screen the page is shown as such a screen has it.
const small = [390, 820].find((width) => innerWidth <= width + 40);
if (small) setWidth(small);

function drawLanguages() {
  const buttons = page.languages.map(({ code, name }) => {
    const attributes = { type: "button", lang: code, "aria-pressed": String(code === page.language) };
    return el("button", { ...attributes, onclick: () => page.speak(code) }, name);
  });
  if (start.mayEdit) {
    for (const other of start.others) {
      const add = () => addLanguage(other);
      buttons.push(el("button", { type: "button", class: "adds", lang: other.code, onclick: add }, `+ ${other.name}`));
    }
  }
  $("languages").replaceChildren(...buttons);
}

async function addLanguage(other) {
  if (!(await pages.addLanguage(other.code))) return;
  const direction = other.code === "ar" ? "rtl" : "ltr";
  page.languages.push({ ...other, direction });
  start.others.splice(start.others.indexOf(other), 1);
  page.speak(other.code);
  toast(say("languageAdded", { language: other.name }));
}
page.addEventListener("language", drawLanguages);
drawLanguages();

// --- The frame

preview.addEventListener("select", ({ detail }) => page.choose(detail.id, { opens: true }));
preview.addEventListener("text", ({ detail: { id, path, value } }) => {
  page.change(id, path, value, { keep: true, from: "preview" });
});
preview.addEventListener("missing", () => toast(say("notInLanguage")));
preview.addEventListener("key", ({ detail }) => command(detail.key, detail.shift));
page.addEventListener("renamed", () => preview.soon(0));
page.addEventListener("choose", ({ detail }) => detail.opens && panels.open("form", { focus: false }));

// --- Naming a version, adding a section, publishing

async function keep(name) {
  if (!(await saver.now())) return;
  const address = `${start.at}pages/${encodeURIComponent(page.key)}/name/`;
  const { status, body } = await ask("POST", address, { name }).catch(() => ({ status: 0, body: {} }));
  if (status !== 200) {
    toast(body.faults?.[0]?.detail ?? say(status === 0 ? "offline" : "failed"));
    return;
  }
  saver.revision = body.revision;
  toast(say("kept", { number: body.version }));
  panels.refresh("versions");
}
const askName = () => {
  $("keep-name").value = "";
  $("keep-dialog").showModal();
};
$("keep")?.addEventListener("click", askName);
$("keep-form").addEventListener("submit", () => keep($("keep-name").value));
$("add-section")?.addEventListener("click", () => kindList.open());
$("help").addEventListener("click", () => $("help-dialog").showModal());

// What is published is what is saved: the page, the design, the tree of pages.
async function saveAll() {
  if (!start.mayEdit) return true;
  const [written, designed] = await Promise.all([saver.now(), design.now(), pages.now()]);
  return written && designed;
}
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.matches("[data-after-saving]")) return;
  event.preventDefault();
  saveAll().then((saved) => (saved ? event.detail.issueRequest() : toast(say("unsavedUnpublished"))));
});
document.addEventListener("htmx:afterSwap", (event) => {
  const opens = event.detail.requestConfig?.elt?.dataset.opens;
  if (opens && !$(opens).open) $(opens).showModal();
});
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
// A place that a panel names: a page, and a section of it.
document.addEventListener("click", async (event) => {
  const place = event.target.closest("[data-goes-page]");
  if (!place) return;
  event.preventDefault();
  $("publish-dialog").close();
  const { goesPage, goesSection } = place.dataset;
  if (goesPage && goesPage !== page.key) await open(goesPage);
  if (goesSection) page.choose(goesSection, { opens: true });
});
// A picture is cut otherwise.
document.addEventListener("studio:redraw", () => preview.soon(0));
// A panel has changed what is saved.
document.addEventListener("studio:reload", () => open(page.key, { unsaved: true }));

// --- The keyboard

function command(key, shift) {
  if (key.toLowerCase() === "z") (shift ? redo : undo)();
  else if (key === "y") redo();
  else if (key === "s" && start.mayEdit) askName();
  else if (key === "d" && start.mayEdit && page.chosen) outline.duplicate(page.chosen);
  else return false;
  return true;
}
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "F6") {
    event.preventDefault();
    panels.round(event.shiftKey);
    return;
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable=true]");
  if (!(event.ctrlKey || event.metaKey) || (typing && event.key !== "s")) return;
  if (command(event.key, event.shiftKey)) event.preventDefault();
});
$("sections").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".row__name")) {
    event.preventDefault();
    page.choose(event.target.closest("li").dataset.id, {});
    panels.open("form", { focus: true });
  }
});

await open(start.page);
document.documentElement.dataset.ready = "true";
