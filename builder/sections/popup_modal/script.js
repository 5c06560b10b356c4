// A section becomes a dialog that opens by link, after a while or at a depth, once for a visitor.
const DAY = 86400000;

const remembered = (key, days) => {
  try {
    const then = Number(localStorage.getItem(key));
    return then > 0 && (days === 0 || Date.now() - then < days * DAY);
  } catch {
    return false;
  }
};

const remember = (key) => {
  try {
    localStorage.setItem(key, String(Date.now()));
  } catch {
    // Without a place to note it, it may come again on the next page.
  }
};

const closeButton = (dialog, label) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "popup__close";
  button.setAttribute("aria-label", label);
  button.innerHTML =
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2.500 2.500l11 11M13.500 2.500l-11 11"/></svg>';
  button.addEventListener("click", () => dialog.close());
  return button;
};

const dialogOf = (section) => {
  const dialog = document.createElement("dialog");
  dialog.className = section.className.replace("section ", "");
  dialog.setAttribute("aria-labelledby", section.getAttribute("aria-labelledby"));
  dialog.tabIndex = -1;
  dialog.dataset.hhComponent = section.dataset.hhComponent;
  dialog.append(closeButton(dialog, section.dataset.close), ...section.childNodes);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });
  section.after(dialog);
  return dialog;
};

const open = (dialog, section, key) => {
  if (dialog.open) return;
  if (section.dataset.modal === "yes") {
    dialog.showModal();
    // Not the button that closes it, nor a field, which would call a phone's keyboard.
    dialog.focus();
  } else {
    // What covers nothing does not take the place where somebody is reading or writing.
    const before = document.activeElement;
    dialog.show();
    document.activeElement?.blur();
    before?.focus({ preventScroll: true });
  }
  remember(key);
};

const whenRead = (depth, then) => {
  const look = () => {
    const page = document.documentElement;
    if ((page.scrollTop + innerHeight) / page.scrollHeight < depth / 100) return;
    removeEventListener("scroll", look);
    then();
  };
  addEventListener("scroll", look, { passive: true });
};

for (const section of document.querySelectorAll("section[data-popup]")) {
  const { popup, after, depth, again } = section.dataset;
  const key = `hh-popup:${section.id}`;
  const dialog = dialogOf(section);
  const show = () => open(dialog, section, key);
  // One that asks for attention by itself does not come while another is open.
  const offer = () => {
    if (!remembered(key, Number(again)) && !document.querySelector("dialog[open]")) show();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || link.hash !== `#${section.id}` || link.pathname !== location.pathname) return;
    event.preventDefault();
    show();
  });
  if ([`#${section.id}`, `#${section.id}-sent`].includes(location.hash)) show();
  else if (popup === "time") setTimeout(offer, Number(after) * 1000);
  else if (popup === "scroll") whenRead(Number(depth), offer);
}
