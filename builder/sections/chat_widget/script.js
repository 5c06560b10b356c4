// The panel closes with Escape and by a click elsewhere; after a message is sent it shows the thanks.
for (const box of document.querySelectorAll("[data-chat]")) {
  const sent = box.querySelector(".sent");
  if (sent && location.hash === `#${sent.id}`) box.open = true;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) box.open = false;
  });
}
