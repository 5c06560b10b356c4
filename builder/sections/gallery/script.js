// Keys of the keyboard for the pictures that open over the page; the links beside them do the same.
document.addEventListener("keydown", (event) => {
  const view = document.querySelector(".gallery__view:target");
  if (!view) return;
  const forth = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forth === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const link = view.querySelector(
    { Escape: ".gallery__close", [forth]: ".gallery__after", [back]: ".gallery__before" }[event.key] || "none",
  );
  if (link) {
    event.preventDefault();
    link.click();
  }
});
