// A button beside each piece of code that copies it.
for (const frame of document.querySelectorAll(".code__frame")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code__copy";
  button.textContent = frame.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(frame.querySelector("code").textContent);
    button.textContent = frame.dataset.copied;
    setTimeout(() => (button.textContent = frame.dataset.copy), 2000);
  });
  frame.append(button);
}
