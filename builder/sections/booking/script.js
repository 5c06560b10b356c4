// Days that are over cannot be asked for.
const now = new Date();
const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
for (const input of document.querySelectorAll("[data-booking] input[type=date]")) {
  input.min = day.map((part) => String(part).padStart(2, "0")).join("-");
}
