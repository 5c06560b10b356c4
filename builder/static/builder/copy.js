// A button with data-copy puts that text on the clipboard, and says so for two seconds.
document.addEventListener("click", function (event) {
  var button = event.target.closest && event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  event.preventDefault();
  navigator.clipboard.writeText(button.dataset.copy).then(function () {
    var before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(function () { button.textContent = before; }, 2000);
  });
});
