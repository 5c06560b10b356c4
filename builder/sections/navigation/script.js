// An open sub-menu closes with Escape and by a click elsewhere.
for (const more of document.querySelectorAll(".nav__wide .nav__more")) {
  document.addEventListener("click", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    more.open = false;
    more.querySelector("summary").focus();
  });
}
