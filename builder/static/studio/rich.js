// A text with headings, lists and links. What is not of a text the server takes away.

import { el, say } from "./dom.js";

const ALLOWED = new Set([
  "P", "H2", "H3", "UL", "OL", "LI", "STRONG", "EM", "A", "BLOCKQUOTE", "CODE", "PRE", "BR",
]);
const SAME = { B: "STRONG", I: "EM", DIV: "P", H1: "H2", H4: "H3" };

// HTML as it may be kept: parsed where nothing of it runs or loads.
export function clean(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const out = document.implementation.createHTMLDocument("").createElement("div");
  const walk = (from, to) => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const name = SAME[node.nodeName] ?? node.nodeName;
      if (["SCRIPT", "STYLE", "TEMPLATE", "IFRAME"].includes(name)) continue;
      if (!ALLOWED.has(name)) {
        walk(node, to);
        continue;
      }
      const element = out.ownerDocument.createElement(name);
      const href = name === "A" ? node.getAttribute("href") : null;
      if (href) element.setAttribute("href", href);
      walk(node, element);
      to.append(element);
    }
  };
  walk(page.body, out);
  return out.innerHTML;
}

export function rich(form, field, path, id) {
  const area = el("div", {
    id,
    class: "rich__text",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": `${id}-label`,
    dir: "auto",
    lang: form.page.language,
  });
  area.innerHTML = clean(String(form.value(path) ?? ""));
  const send = () => form.set(path, clean(area.innerHTML), { keep: true });
  const run = (command, value) => {
    area.focus();
    document.execCommand("styleWithCSS", false, false);
    document.execCommand(command, false, value);
    send();
  };
  area.addEventListener("input", send);
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (html) document.execCommand("insertHTML", false, clean(html));
    else document.execCommand("insertText", false, text);
  });
  const tool = (label, sign, command, value) =>
    el("button", { type: "button", class: "button button--bare", "aria-label": label, title: label, onclick: () => run(command, value) }, sign);
  const tools = el(
    "div",
    { class: "rich__tools", role: "toolbar", "aria-label": field.label },
    tool(say("bold"), el("b", {}, "B"), "bold"),
    tool(say("italic"), el("i", {}, "I"), "italic"),
    tool(say("heading"), "H2", "formatBlock", "h2"),
    tool(say("list"), "•", "insertUnorderedList"),
    tool(say("quote"), "”", "formatBlock", "blockquote"),
  );
  const both = el("div", { class: "rich" }, tools, area);
  both.dataset.labelled = "group";
  return both;
}
