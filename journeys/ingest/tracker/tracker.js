// First-party tracker of published pages. tracker.min.js is made of this file:
// uv run manage.py minify_tracker
(function (w, d) {
  var script = d.currentScript, nav = navigator, path = w.location.pathname;

  // Whoever asks not to be tracked is not, and a draft that is looked at is no visit.
  if (nav.globalPrivacyControl || (nav.doNotTrack || w.doNotTrack) == "1") return;
  if (/\/_hh\/preview\//.test(path) || !script) return;

  // A site may ask for consent first; its banner sets this cookie.
  if (script.getAttribute("data-consent") && !/(^|; )hh_consent=granted(;|$)/.test(jar())) return;

  var key = script.getAttribute("data-key");
  var origin = new URL(script.src, w.location.href);
  // Sites under a path (/s/label/) are the same pages as those with a host of their own.
  var site = /^\/s\/[^/]+(?=\/)/.exec(origin.pathname);
  if (site && path.indexOf(site[0] + "/") == 0) path = path.slice(site[0].length);
  // What is kept of a site under a path is that site's own.
  var below = site ? site[0] : "";
  var MINUTE = 6e4, LIFE = 180 * 1440 * MINUTE, memory = {}, entered, former;

  function uuid() {
    return ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, function (c) {
      return (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16);
    });
  }

  // Storage may be forbidden: then a visit lasts as long as the page.
  function read(name) {
    try { return w.localStorage.getItem(name) || memory[name]; } catch (e) { return memory[name]; }
  }

  function write(name, value) {
    memory[name] = value;
    try { w.localStorage.setItem(name, value); } catch (e) {}
    return value;
  }

  function jar() {
    try { return d.cookie; } catch (e) { return ""; }
  }

  // One visitor has one id for 180 days. The server knows it by a cookie, and what it decided for a
  // page it decided for that id: the cookie's is taken up, the one kept here before is its former.
  function visitor() {
    var now = Date.now(), since = read("hh_since" + below) || now;
    var id = read("hh_id" + below) || read("hh_id");
    var told = /(?:^|; )hh_id=([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?:;|$)/.exec(jar());
    if (now - since > LIFE) id = "";
    if (!id || told && told[1] != id) {
      former = told && id;
      id = told ? told[1] : uuid();
      since = now;
    }
    write("hh_id" + below, id);
    write("hh_since" + below, since);
    if (!told) try {
      d.cookie = "hh_id=" + id + "; Max-Age=" + ((LIFE - now + +since) / 1e3 | 0) + "; Path=" + below +
        "/; SameSite=Lax" + (w.location.protocol == "https:" ? "; Secure" : "");
    } catch (e) {}
    return id;
  }

  // A session ends after 30 minutes without a sign of life, or after 24 hours.
  function session() {
    var now = Date.now(), kept = (read("hh_session") || "").split(".");
    if (!(now - kept[2] < 30 * MINUTE && now - kept[1] < 1440 * MINUTE)) kept = [uuid(), now];
    write("hh_session", kept[0] + "." + kept[1] + "." + now);
    return kept[0];
  }

  function here() {
    return { path: path, url: w.location.href, title: d.title, referrer: d.referrer };
  }

  // utm_source, utm_campaign … as Segment's context names them.
  function campaign() {
    var found = {};
    new URLSearchParams(w.location.search).forEach(function (value, name) {
      if (!name.indexOf("utm_")) found[name == "utm_campaign" ? "name" : name.slice(4)] = value;
    });
    return found;
  }

  function send(type, event, properties) {
    var now = new Date().toISOString(), id = visitor(), context = {
      sessionId: session(), locale: nav.language, page: here(), campaign: campaign()
    };
    var batch = [{
      type: type, event: event, messageId: uuid(), anonymousId: id, timestamp: now,
      properties: properties, context: context
    }];
    if (former) batch.unshift({
      type: "alias", messageId: uuid(), anonymousId: id, previousId: former, timestamp: now
    });
    former = 0;
    var body = JSON.stringify({ writeKey: key, sentAt: now, batch: batch });
    var url = origin.origin + "/v1/batch";
    if (!(nav.sendBeacon && nav.sendBeacon(url, body)))
      w.fetch && fetch(url, { method: "POST", body: body, keepalive: true }).catch(function () {});
  }

  function page() {
    send("page", void 0, here());
  }

  // The form posts by itself; it only takes along who sends it.
  function fill(form, name, value) {
    var input = form.querySelector("[name=" + name + "]") || form.appendChild(d.createElement("input"));
    input.type = "hidden";
    input.name = name;
    input.value = value;
  }

  d.addEventListener("submit", function (event) {
    var form = event.target, now = Date.now();
    if (!form.hasAttribute("data-hh-form")) return;
    // A second click on the button is not a second message.
    if (now - entered < 3000) return event.preventDefault();
    entered = now;
    fill(form, "_anonymous_id", visitor());
    fill(form, "_session_id", session());
    fill(form, "_message_id", uuid());
  });

  d.addEventListener("click", function (event) {
    var target = event.target.closest && event.target.closest("[data-hh-track]");
    if (!target) return;
    var part = target.closest("[data-hh-component]");
    send("track", "click", {
      name: target.getAttribute("data-hh-track"), component_id: part ? part.id : "",
      text: target.textContent.trim().slice(0, 100), href: target.href, path: path
    });
  });

  // A page that comes back out of the browser's memory is seen again; one that is only
  // prepared is not seen yet.
  w.addEventListener("pageshow", function (event) { if (event.persisted) { entered = 0; page(); } });
  if (d.prerendering) d.addEventListener("prerenderingchange", page, { once: true });
  else page();
})(window, document);
