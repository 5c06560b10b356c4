// Somebody else has saved the page: what to do with both.

import { el, say, start, toast } from "./dom.js";

const dialog = document.getElementById("conflict-dialog");
const banner = document.getElementById("banner");

export function conflict({ current, saver, preview }) {
  const { by, at } = current.saved ?? {};
  const time = at ? new Date(at).toLocaleTimeString(start.interface) : "";
  document.getElementById("conflict-text").textContent = [by, time].filter(Boolean).join(" · ");
  const back = () => {
    banner.hidden = true;
    preview.peek(null);
    dialog.showModal();
  };
  const look = () => {
    preview.peek(current.layout);
    const button = el("button", { type: "button", class: "button", onclick: back }, say("decide"));
    banner.replaceChildren(el("span", {}, say("lookingAtTheirs")), button);
    banner.hidden = false;
    button.focus();
  };
  const aside = async () => {
    if (await saver.keepAside()) toast(say("theirsTaken"));
  };
  const mine = () => saver.saveOver(current);
  for (const button of dialog.querySelectorAll("[data-conflict]")) {
    button.onclick = () => {
      dialog.close("done");
      ({ look, aside, mine })[button.dataset.conflict]();
    };
  }
  // It waits for an answer, and Escape is one that looks at theirs.
  dialog.oncancel = (event) => {
    event.preventDefault();
    dialog.close();
    look();
  };
  if (!dialog.open) dialog.showModal();
}
