// Dragging the rows of a list by their grips, with a mouse or a finger.

// `drop(row, place)` where a row was let go among all; `cancel()` where nothing came of it. A row
// without a grip stays where it is, and those before it with it.
export function dragRows(list, { drop, cancel }) {
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".row__grip")?.closest("li");
    if (!row || event.button > 0) return;
    event.preventDefault();
    drag(list, row, { drop, cancel });
  });
}

function drag(list, row, { drop, cancel }) {
  const rows = () => [...list.querySelectorAll("li.row")];
  const from = rows().indexOf(row);
  row.classList.add("row--dragged");
  const move = (moved) => {
    const others = rows().filter((each) => each !== row && each.querySelector(".row__grip"));
    const before = others.find((each) => {
      const box = each.getBoundingClientRect();
      return moved.clientY < box.top + box.height / 2;
    });
    if (before) before.before(row);
    else others.at(-1)?.after(row);
  };
  // On the window: an element that is moved within the page loses what it has captured.
  const stop = new AbortController();
  const end = (kept) => {
    stop.abort();
    row.classList.remove("row--dragged");
    const place = rows().indexOf(row);
    if (kept && place !== from) drop(row, place);
    else cancel();
  };
  const { signal } = stop;
  addEventListener("pointermove", move, { signal });
  addEventListener("pointerup", () => end(true), { signal });
  addEventListener("pointercancel", () => end(false), { signal });
  addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal });
}
