// What every page does in the browser. Pages are whole without it; it adds live changes, keys and small comforts of the header.
// How a screen uses it is told in docs/console.md.
"use strict";

(() => {
  const page = document.body;

  // ---- Taking over what differs between an element and its new content --------------------------------------------------------

  // Changes `from` so that it becomes like `to`. What is equal is not touched, so focus, selection and scroll positions stay.
  function morph(from, to) {
    if (from.hasAttribute?.("data-keep")) {
      return;
    }
    if (from.isEqualNode(to)) {
      shown(from);
    } else if (from.nodeName !== to.nodeName || (from.id ?? "") !== (to.id ?? "")) {
      from.replaceWith(document.importNode(to, true));
    } else if (from.nodeType !== Node.ELEMENT_NODE) {
      from.nodeValue = to.nodeValue;
    } else {
      morphAttributes(from, to);
      if (from.hasAttribute("data-live-hold") && !showing) {
        morphHeld(from, to);
      } else {
        morphChildren(from, to);
        shown(from);
      }
    }
  }

  function morphAttributes(from, to) {
    for (const { name } of [...from.attributes]) {
      // What people have opened stays open, and a row that a key has focused stays focusable.
      const kept = name === "tabindex" || (name === "open" && from.matches("details, dialog"));
      if (!kept && !to.hasAttribute(name)) {
        from.removeAttribute(name);
        if (name === "checked" && from !== document.activeElement) {
          from.checked = false;
        }
      }
    }
    for (const { name, value } of [...to.attributes]) {
      if (from.getAttribute(name) !== value) {
        from.setAttribute(name, value);
        if ((name === "value" || name === "checked") && from !== document.activeElement && name in from) {
          from[name] = name === "checked" ? true : value;
        }
      }
    }
  }

  function morphChildren(from, to) {
    const old = new Set(from.childNodes);
    const byId = new Map([...old].filter((node) => node.id).map((node) => [node.id, node]));
    const wanted = [...to.childNodes];
    // Elements are the same if their ids are; without an id, those of one kind in their order.
    const pairs = wanted.map((node) => {
      const same = node.id ? byId.get(node.id) : [...old].find((other) => !other.id && other.nodeName === node.nodeName);
      const found = same?.nodeName === node.nodeName && old.has(same) ? same : null;
      old.delete(found);
      return found;
    });
    // What is not wanted goes first: moving a row that has the focus to a new place would lose the focus in some browsers.
    old.forEach(leave);
    let place = from.firstChild;
    wanted.forEach((node, i) => {
      while (place && stays(place) && !pairs.includes(place)) {
        place = place.nextSibling;
      }
      const same = pairs[i];
      if (same === null) {
        from.insertBefore(document.importNode(node, true), place);
        return;
      }
      if (same === place) {
        place = place.nextSibling;
      } else {
        move(from, same, place);
      }
      morph(same, node);
    });
  }

  const stays = (node) => node.nodeType === Node.ELEMENT_NODE && (node.classList.contains("leaving") || node.hasAttribute("data-keep"));

  // Removes a node; a row that has the focus stays, greyed, until the focus goes elsewhere.
  function leave(node) {
    if (stays(node)) {
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || !node.contains(document.activeElement)) {
      node.remove();
    } else {
      node.classList.add("leaving");
      node.addEventListener("focusout", () => setTimeout(() => node.classList.contains("leaving") && node.remove()), { once: true });
    }
  }

  function move(parent, node, place) {
    if (parent.moveBefore) {
      parent.moveBefore(node, place);
      return;
    }
    const focused = node.contains(document.activeElement) ? document.activeElement : null;
    const selected = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
    parent.insertBefore(node, place);
    focused?.focus({ preventScroll: true });
    if (selected && selected[0] !== null) {
      focused.setSelectionRange(...selected);
    }
  }

  // ---- Lists whose rows keep their places until the reader asks ------------------------------------------------------------------

  let showing = false;
  const held = new Map(); // id of the list -> { to: its new content, rows: ids of the rows that changed }

  function morphHeld(from, to) {
    const now = new Map([...from.children].map((row) => [row.id, row]));
    const next = new Map([...to.children].map((row) => [row.id, row]));
    const entry = held.get(from.id) ?? { rows: new Set() };
    for (const [id, row] of next) {
      if (!now.has(id)) {
        entry.rows.add(id);
      } else if (!now.get(id).isEqualNode(row)) {
        if (held.has(from.id)) {
          entry.rows.add(id);
        }
        morph(now.get(id), row);
      }
    }
    [...now.keys()].filter((id) => !next.has(id)).forEach((id) => entry.rows.add(id));
    if ([...now.keys()].join() === [...next.keys()].join()) {
      held.delete(from.id);
    } else {
      held.set(from.id, { to, rows: entry.rows });
    }
    offer(from);
  }

  // Nothing of a list waits any more.
  function shown(list) {
    if (list.id && held.delete(list.id)) {
      offer(list);
    }
  }

  // Offers the new order of a list by a button before it.
  function offer(list) {
    const anchor = list.closest("table, ul, ol") ?? list;
    let button = document.getElementById("show-" + list.id);
    const entry = held.get(list.id);
    if (!entry) {
      button?.remove();
      return;
    }
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.id = "show-" + list.id;
      button.className = "held";
      button.setAttribute("data-keep", "");
      button.addEventListener("click", () => show(list));
      (anchor.closest(".scroll") ?? anchor).before(button);
    }
    const count = Math.max(1, entry.rows.size);
    const form = new Intl.PluralRules(document.documentElement.lang).select(count);
    button.textContent = toggle.getAttribute("data-changed-" + form).replace("{0}", count);
  }

  function show(list) {
    showing = true;
    morph(list, held.get(list.id).to);
    showing = false;
    window.htmx?.process(list);
  }

  // ---- Changes while the page is open ----------------------------------------------------------------------------------------------

  const RETRY = 10_000; // between two tries without a stream
  const STALE = 60_000; // ages and clocks go on without any event
  const toggle = document.getElementById("live");
  let source = null;
  let made = page.dataset.made; // when the content of this page was made
  let interval = 2_000; // what the server asks for, at least
  let took = 0; // how long the last refresh took
  let started = Date.now(); // when the last refresh began
  let timer = 0;
  let retry = 0;
  let away = 0;
  let busy = false;
  let paused = sessionStorage.getItem("paused") === "yes";
  let news = nothing(); // what changed since the last refresh

  function nothing() {
    return { topics: new Set(), deals: new Set(), more: false };
  }

  const here = () => location.pathname + location.search;
  const parts = () => [...document.querySelectorAll("[data-live]")].filter((part) => part.id);

  function concerns(part) {
    const topics = part.dataset.live.split(/\s+/).filter(Boolean);
    if (news.topics.has("*") || (topics.length === 0 && news.topics.size > 0) || topics.some((topic) => topic !== "deals" && news.topics.has(topic))) {
      return true;
    }
    const deal = part.dataset.liveDeal;
    return topics.includes("deals") && news.topics.has("deals") && (!deal || news.more || news.deals.has(deal));
  }

  function told(change) {
    change.topics.forEach((topic) => news.topics.add(topic));
    change.deals.forEach((deal) => news.deals.add(deal));
    news.more ||= change.more;
    interval = Math.max(2_000, change.interval);
    plan();
  }

  // A refresh begins at once if the last one is long enough ago. One that takes long makes the next one come later.
  function plan() {
    if (timer || busy || paused || document.hidden || !parts().some(concerns)) {
      return;
    }
    timer = setTimeout(refresh, Math.max(0, started + Math.max(interval, 10 * took) - Date.now()));
  }

  async function refresh() {
    timer = 0;
    busy = true;
    started = Date.now();
    const before = news;
    const wanted = parts().filter(concerns);
    news = nothing();
    try {
      const byUrl = Map.groupBy(wanted, (part) => part.dataset.liveUrl ?? here());
      await Promise.all([...byUrl].map(([url, those]) => take(url, those)));
    } catch {
      before.topics.forEach((topic) => news.topics.add(topic)); // Tried again with the next change, or when the server is back.
      news.more = true;
    }
    took = Date.now() - started;
    busy = false;
    if (source?.readyState === EventSource.OPEN) {
      plan();
    }
  }

  async function take(url, those) {
    const answer = await fetch(url, { headers: { Accept: "text/html", "Masterdeal-Fragment": those.map((part) => part.id).join(" ") } });
    if (answer.status === 401 || answer.redirected) {
      location.reload(); // The session has ended.
      return;
    }
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    made = fresh.body.dataset.made ?? made;
    const moved = url !== here() && those.some((part) => !part.dataset.liveUrl); // Filters were changed meanwhile.
    for (const part of moved ? [] : those) {
      const next = fresh.getElementById(part.id);
      if (next && part.isConnected && !paused) {
        morph(part, next);
        window.htmx?.process(part);
        part.dispatchEvent(new CustomEvent("masterdeal:refreshed", { bubbles: true }));
      }
    }
  }

  function connect() {
    clearTimeout(retry);
    if (source || paused || document.hidden || parts().length === 0) {
      return;
    }
    source = new EventSource("/live?since=" + made);
    source.onopen = () => state("live");
    source.onmessage = (event) => {
      state("live");
      told(JSON.parse(event.data));
    };
    source.onerror = () => {
      // Each stream ends after a minute, and the browser connects again by itself: that is nothing to tell.
      away ||= setTimeout(() => state("away"), 4_000);
      if (source?.readyState === EventSource.CLOSED) {
        disconnect();
        told({ topics: ["*"], deals: [], more: true, interval });
        retry = setTimeout(connect, RETRY);
      }
    };
  }

  function disconnect() {
    source?.close();
    source = null;
    clearTimeout(retry);
  }

  function state(name) {
    clearTimeout(away);
    away = 0;
    toggle.dataset.state = name;
    toggle.setAttribute("aria-pressed", String(name === "paused"));
    toggle.title = toggle.getAttribute(`data-${name}-title`);
    toggle.querySelector(".live-text").textContent = toggle.getAttribute(`data-${name}-text`);
  }

  function pause(wanted) {
    paused = wanted;
    sessionStorage.setItem("paused", paused ? "yes" : "no");
    clearTimeout(timer);
    timer = 0;
    disconnect();
    state(paused ? "paused" : "live");
    connect();
  }

  if (toggle && parts().length > 0) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => pause(!paused));
    document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
    window.addEventListener("pagehide", disconnect);
    window.addEventListener("pageshow", connect);
    setInterval(() => {
      if (Date.now() - started > STALE) {
        told({ topics: ["*"], deals: [], more: true, interval });
      }
    }, 5_000);
    state(paused ? "paused" : "live");
    connect();
  }

  // ---- htmx ------------------------------------------------------------------------------------------------------------------------

  document.addEventListener("htmx:configRequest", (event) => {
    const csrf = document.querySelector('meta[name="csrf"]').content;
    if (csrf) {
      event.detail.headers["X-CSRF-TOKEN"] = csrf;
    }
  });

  // hx-swap="morph": the target becomes like the element with its id in the answer, or like the answer's first element.
  window.htmx?.defineExtension("morph", {
    isInlineSwap: (style) => style === "morph",
    handleSwap: (style, target, fragment) => {
      if (style !== "morph") {
        return false;
      }
      const next = (target.id && fragment.querySelector("#" + CSS.escape(target.id))) || fragment.firstElementChild;
      if (next) {
        next.id ||= target.id;
        showing = true; // Somebody asked for this.
        morph(target, next);
        showing = false;
      }
      return [target];
    },
  });

  // ---- The header: its time zone and what opens ------------------------------------------------------------------------------------

  const zones = document.getElementById("zone");
  if (zones) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const known = [...zones.options].find((option) => option.value === zone);
    const option = known ?? new Option(zone, zone);
    option.textContent = zones.dataset.browser.replace("{0}", zone);
    zones.prepend(option);
  }

  const open = () => [...document.querySelectorAll("details.popup[open]")];
  document.addEventListener("click", (event) => {
    open().filter((popup) => !popup.contains(event.target)).forEach((popup) => (popup.open = false));
  });

  // ---- Keys ------------------------------------------------------------------------------------------------------------------------

  const PLACES = { KeyO: "/", KeyD: "/deals", KeyM: "/monitoring", KeyA: "/alerts" };
  const help = document.getElementById("keys");
  let going = 0; // when "g" was pressed

  const typing = (element) => element.matches?.("input, select, textarea, [contenteditable]");
  const off = () => localStorage.getItem("keys") === "off";

  function rowKey(code) {
    const rows = [...document.querySelectorAll("[data-href]")].filter((row) => row.checkVisibility());
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[code === "KeyJ" ? at + 1 : Math.max(0, at - 1)];
    if (next) {
      next.setAttribute("tabindex", "-1");
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }

  function goTo(path) {
    const link = [...document.querySelectorAll("nav[data-menu] a")].find((each) => each.getAttribute("href") === path);
    if (link) {
      location.assign(path);
    }
  }

  function escape() {
    const popup = open().at(-1);
    if (popup) {
      popup.open = false;
      popup.querySelector("summary").focus();
    } else if (document.activeElement !== page) {
      document.activeElement.blur();
    }
  }

  // Codes name the keys by their places, so that they are the same on a Russian keyboard.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help?.open) {
      return;
    }
    if (event.key === "Escape") {
      escape();
      return;
    }
    if (typing(event.target)) {
      return;
    }
    if (event.key === "Enter" && event.target.dataset?.href) {
      location.assign(event.target.dataset.href);
      return;
    }
    if (off()) {
      return;
    }
    const went = Date.now() - going < 1_500;
    going = 0;
    if (went && PLACES[event.code]) {
      goTo(PLACES[event.code]);
    } else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      help?.showModal();
    } else if (event.key === "/" || event.code === "Slash") {
      document.getElementById("search")?.focus();
    } else if (event.code === "KeyJ" || event.code === "KeyK") {
      rowKey(event.code);
    } else if (event.code === "KeyG") {
      going = Date.now();
      return;
    } else {
      return;
    }
    event.preventDefault();
  });

  const keysOpen = document.getElementById("keys-open");
  if (keysOpen && help) {
    keysOpen.hidden = false;
    keysOpen.addEventListener("click", () => help.showModal());
    const on = document.getElementById("keys-on");
    on.checked = !off();
    on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  }
})();
