// Clocks that run; the date itself stands in the page in words, for everyone.
const CALENDAR = "islamic-umalqura";
const SECONDS = { day: 86400, hour: 3600, minute: 60, second: 1 };

// Arabic pages write the digits of Arabic, whatever a browser takes for the language's usual ones.
const locale = (language) => (language === "ar" ? "ar-u-nu-arab" : language);

const written = (language, unit, count) => {
  const format = new Intl.NumberFormat(locale(language), { style: "unit", unit, unitDisplay: "long" });
  const parts = format.formatToParts(count);
  const of = (kind) => parts.filter((part) => part.type === kind).map((part) => part.value).join("");
  return { figure: of("integer"), name: of("unit") };
};

const tell = (clock, section) => {
  let left = Math.floor((new Date(clock.dataset.countdown) - Date.now()) / 1000);
  const over = left <= 0;
  const ended = section.querySelector(".countdown__ended");
  clock.hidden = over;
  if (ended) ended.hidden = !over;
  if (over) return false;
  for (const part of clock.querySelectorAll("[data-unit]")) {
    const { unit } = part.dataset;
    const count = Math.floor(left / SECONDS[unit]);
    left -= count * SECONDS[unit];
    const { figure, name } = written(clock.dataset.language, unit, count);
    // Arabic says one and two of a thing in one word: the figure stands above it all the same.
    const digits = figure || new Intl.NumberFormat(locale(clock.dataset.language)).format(count);
    part.querySelector(".countdown__figure").textContent = digits;
    part.querySelector(".countdown__name").textContent = name;
  }
  return true;
};

const hijri = (clock, place) => {
  const format = new Intl.DateTimeFormat(locale(clock.dataset.language), {
    calendar: CALENDAR,
    dateStyle: "long",
    timeZone: "Asia/Riyadh",
  });
  if (format.resolvedOptions().calendar !== CALENDAR) return;
  place.textContent = format.format(new Date(clock.dataset.countdown));
  place.hidden = false;
};

for (const clock of document.querySelectorAll("[data-countdown]")) {
  const section = clock.closest(".countdown");
  const place = section.querySelector("[data-hijri]");
  if (place) hijri(clock, place);
  const timer = setInterval(() => tell(clock, section) || clearInterval(timer), 1000);
  tell(clock, section);
}
