// Within the sandboxed frame: shows the page that the studio sends, and says what is pointed at
// and typed. It is of no origin: it reads no cookie and nothing of the studio.
"use strict";
(() => {
  const STUDIO = new URL(location.href).origin;
  const sheet = new CSSStyleSheet();
  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet, marks];
  marks.replaceSync(`
    [data-hh-component] { position: relative; cursor: default; }
    [data-hh-component]:hover { outline: 1px solid #0a6858; outline-offset: -1px; }
    [data-hh-component].hh-chosen { outline: 2px solid #0a6858; outline-offset: -2px; }
    [data-hh-path] { cursor: text; border-radius: 2px; }
    [data-hh-path]:hover { box-shadow: 0 0 0 2px rgb(10 104 88 / 35%); }
    [data-hh-path]:focus { outline: 0; box-shadow: 0 0 0 2px #0a6858, 0 0 0 4px #fff; }
  `);
  let editable = false;
  let waiting = null; // a page that came while somebody was typing

  const tell = (message) => parent.postMessage(message, STUDIO);
  const pressed = (text) => text.replace(/\s+/g, "");
  const plain = (text) => pressed(text.replace(/\*([^*\s](?:[^*]*[^*\s])?)\*/g, "$1"));

  // What an element says, in the way that props write it: *emphasis*, lines, paragraphs.
  function written(node) {
    let text = "";
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeName === "BR") text += "\n";
      else if (child.nodeName === "EM") text += `*${written(child)}*`;
      else if (child.nodeName === "P" || child.nodeName === "DIV") {
        text += (text.trim() ? "\n\n" : "") + written(child).trim();
      } else if (child.nodeName !== "SVG" && child.nodeName !== "svg") text += written(child);
    }
    return text;
  }

  // A text is found by what it says: the innermost element that says just that, each one once.
  function markTexts(texts) {
    if (!editable) return;
    const taken = new Set();
    for (const { id, path, text, lines } of texts) {
      const section = document.getElementById(id);
      const wanted = plain(text);
      if (!section || !wanted) continue;
      let found = null;
      for (const element of section.querySelectorAll("*")) {
        if (taken.has(element) || element.closest("svg, select, textarea, [data-hh-path]")) continue;
        if (pressed(element.textContent) !== wanted) continue;
        if (found && !found.contains(element)) break;
        if (found && element.matches("em, strong, p:not(:only-child)")) break;
        found = element;
      }
      if (!found) continue;
      taken.add(found);
      found.dataset.hhPath = JSON.stringify([id, path, Boolean(lines)]);
      found.contentEditable = "plaintext-only";
      if (found.contentEditable !== "plaintext-only") found.contentEditable = "true";
      found.spellcheck = false;
    }
  }

  function show(message) {
    const typing = document.activeElement?.dataset?.hhPath;
    if (typing && message.page === show.page) {
      waiting = message;
      return;
    }
    waiting = null;
    if (typeof message.css === "string") sheet.replaceSync(message.css);
    const page = new DOMParser().parseFromString(message.html, "text/html");
    for (const each of page.querySelectorAll("script, base, meta[http-equiv]")) each.remove();
    const root = document.documentElement;
    root.lang = page.documentElement.lang;
    root.dir = page.documentElement.dir;
    const top = message.page === show.page ? scrollY : 0;
    document.body.replaceChildren(...page.body.childNodes);
    // What is folded can be edited too; a menu would lie over the page.
    for (const each of document.querySelectorAll("details")) {
      each.open = !each.closest("[data-hh-component=Navigation]");
    }
    scrollTo({ top, behavior: "instant" });
    show.page = message.page;
    editable = message.editable === true;
    markTexts(message.texts ?? []);
    choose(message.chosen, false);
  }

  function choose(id, scroll) {
    for (const each of document.querySelectorAll(".hh-chosen")) each.classList.remove("hh-chosen");
    const section = id ? document.getElementById(id) : null;
    if (!section) return;
    section.classList.add("hh-chosen");
    if (!scroll) return;
    const box = section.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight * 0.7) {
      section.scrollIntoView({ block: "start", behavior: "instant" });
    }
  }

  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== STUDIO) return;
    const message = event.data;
    if (message?.kind === "page" && typeof message.html === "string") show(message);
    if (message?.kind === "choose") choose(String(message.id ?? ""), true);
  });

  document.addEventListener("click", (event) => {
    const section = event.target.closest?.("[data-hh-component]");
    if (event.target.closest?.("a, button, input, select, textarea, label, summary")) {
      event.preventDefault();
    }
    if (section) tell({ kind: "select", id: section.id });
  });
  document.addEventListener("submit", (event) => event.preventDefault());

  const place = (element) => JSON.parse(element.dataset.hhPath);
  function send(element) {
    const [id, path, lines] = place(element);
    let value = written(element).replace(/\u00a0/g, " ");
    value = lines ? value.replace(/\n{3,}/g, "\n\n").trim() : value.replace(/\s*\n\s*/g, " ").trim();
    tell({ kind: "text", id, path, value });
  }
  document.addEventListener("input", (event) => {
    const element = event.target.closest?.("[data-hh-path]");
    if (element) send(element);
  });
  document.addEventListener("paste", (event) => {
    if (!event.target.closest?.("[data-hh-path]")) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    document.execCommand("insertText", false, text);
  });
  document.addEventListener("focusout", () => {
    const message = waiting;
    waiting = null;
    if (message) setTimeout(() => show(message));
  });
  document.addEventListener("keydown", (event) => {
    const element = event.target.closest?.("[data-hh-path]");
    if (element && event.key === "Escape") element.blur();
    if (element && event.key === "Enter" && !place(element)[2]) {
      event.preventDefault();
      element.blur();
    }
    const command = event.ctrlKey || event.metaKey;
    if (command && !element && ["z", "Z", "y", "s", "d"].includes(event.key)) {
      event.preventDefault();
      tell({ kind: "key", key: event.key, shift: event.shiftKey });
    }
  });

  addEventListener("DOMContentLoaded", () => tell({ kind: "ready" }));
})();
