// An announcement that a visitor has put away stays away until it says something else.
for (const news of document.querySelectorAll("[data-news]")) {
  const key = `hh-news:${news.id}`;
  const words = news.querySelector(".news__words").textContent.trim();
  const known = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  news.hidden = known() === words;
  news.querySelector(".news__close").addEventListener("click", () => {
    news.hidden = true;
    try {
      localStorage.setItem(key, words);
    } catch {
      // Without a place to note it, it is back on the next page.
    }
  });
}
