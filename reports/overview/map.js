// The map of all areas. It reads one block of data, which was drawn from released findings, and the shapes that the other maps of the page
// use; it asks nobody for anything. Without it the page holds every figure and table.
"use strict";
(() => {
  const WORDS = {
    title: "Map of all areas",
    help: "Arrow keys move from area to area, Enter pins one, plus and minus zoom. Two areas can be pinned side by side.",
    layer: "Show",
    find: "Find a ward, town or code",
    none: "No area has such a name or code.",
    found: (n) => (n === 1 ? "1 area" : `${number(n, 0)} areas`),
    more: (n) => `and ${number(n, 0)} more: type on`,
    map: (label) => `Map of ${label}. Arrow keys move from area to area, Enter pins.`,
    rank: (n) => `rank ${n}`,
    sized: "Circles: the larger, the higher the number.",
    chosen: "Chosen",
    pinned: "Pinned",
    pin: (name) => `Pin ${name}`,
    unpin: (name) => `Unpin ${name}`,
    clear: "Choose an area on the map, in the table or by its name.",
    range: (a, b) => `range ${a} to ${b}`,
    else: (n) => `What else is known here (${n})`,
    table: (n) => `Table of this layer: ${n} areas`,
    all: (n) => `Show all ${n} rows`,
    area: "Area",
    code: "Code",
    lower: "Lower limit",
    upper: "Upper limit",
    state: "Class or state",
    closer: "Zoom in",
    wider: "Zoom out",
    whole: "Whole map",
    proxy: "Proxy: not a count of violence against women and girls.",
    c: "withheld to protect people",
    x: "not known",
    z: "not applicable",
  };
  const SVG = "http://www.w3.org/2000/svg";
  const FIRST_ROWS = 200;
  const MOST_FOUND = 8;
  const LARGEST_CIRCLE = 10;
  const MISSING = "url(#missing)";

  const data = JSON.parse(document.getElementById("map-data").textContent);
  const place = document.getElementById("map");
  const areas = data.areas.map(([code, name, within], i) => ({ i, code, name, within: within || [], plain: plain([name, code, ...(within || [])].join(" ")) }));
  const [wide, high] = data.size;
  const state = { layer: 0, area: -1, pins: [], sort: { column: 0, down: false }, all: false, open: false, view: [0, 0, wide, high] };

  // ---- texts and numbers

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  function number(x, decimals) {
    return x.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "\u2212");
  }
  const layerNow = () => data.layers[state.layer];
  // What a layer is called: its measure, or its message where another has the same measure.
  const measure = (layer) => layer.label.replace(/\s*\([^()]*\)$/, "");
  const called = (layer) => (data.layers.some((l) => l !== layer && measure(l) === measure(layer)) ? layer.headline : measure(layer));
  const key = (layer) => `${layer.finding}~${layer.tells}`;

  // The words of an area's class, without the number of areas in it.
  function classOf(layer, i) {
    const k = parseInt(layer.classes[i], 36);
    return Number.isNaN(k) || !layer.legend[k] ? null : k;
  }
  function classWords(layer, i) {
    const k = classOf(layer, i);
    return k === null ? WORDS.x : layer.legend[k][1].replace(/\s*\([^()]*\)$/, "");
  }
  // A value is a number or one of the kinds of nothing, which is never a zero.
  const valueOf = (layer, i) => (layer.values ? layer.values[i] : null);
  function shown(layer, column, i) {
    const value = layer[column] ? layer[column][i] : null;
    if (typeof value === "number") return number(value, layer.decimals);
    return value === null ? "" : WORDS[value] || WORDS.x;
  }
  // What a layer tells of an area: the number with its unit, its range, and its class where that says more than the number.
  function told(layer, i) {
    const value = valueOf(layer, i);
    if (value === "c") return { value: WORDS.c, range: "", words: "" };
    if (typeof value !== "number") return { value: classWords(layer, i), range: "", words: "" };
    const says = ["score", "rank", "need"].includes(layer.tells) ? classWords(layer, i) : "";
    const limits = layer.lower && typeof layer.lower[i] === "number";
    const range = limits ? WORDS.range(number(layer.lower[i], layer.decimals), number(layer.upper[i], layer.decimals)) : "";
    const text = number(value, layer.decimals);
    const told = layer.tells === "rank" ? WORDS.rank(text) : layer.tells === "score" ? `${layer.unit} ${text}` : `${text} ${layer.unit}`;
    return { value: told, range, words: says };
  }
  function sentence(layer, i) {
    const { value, range, words } = told(layer, i);
    return [value, range, words].filter(Boolean).join(", ");
  }

  // ---- elements

  function el(name, attributes, ...children) {
    return filled(document.createElement(name), attributes, children);
  }
  function draw(name, attributes, ...children) {
    return filled(document.createElementNS(SVG, name), attributes, children);
  }
  function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }
  const button = (words, press, attributes) => el("button", { type: "button", onclick: press, ...attributes }, words);

  const select = el("select", { id: "map-layer", onchange: () => set({ layer: select.selectedIndex, all: false }) });
  const search = el("input", { id: "map-find", type: "search", autocomplete: "off", spellcheck: "false", "aria-describedby": "map-found", oninput: find, onkeydown: firstFound });
  const found = el("div", { id: "map-found", class: "map-found" });
  const says = el("p", { class: "map-says" });
  const uses = areas.map(({ i }) => draw("use", { href: `#${shape(i)}` }, draw("title")));
  const position = new Map(uses.map((use, i) => [use, i]));
  const shapes = draw("g", { class: "map-areas", "aria-hidden": "true", "fill-rule": "evenodd", stroke: "#6F6F6F", "stroke-width": "0.5", "stroke-linejoin": "round" }, ...uses);
  const textures = draw("g", { "aria-hidden": "true", "fill-rule": "evenodd", "pointer-events": "none" });
  const circles = draw("g", { "aria-hidden": "true", fill: "#12436D", stroke: "#FFFFFF", "pointer-events": "none" });
  const marks = draw("g", { "aria-hidden": "true", fill: "none", "stroke-linejoin": "round", "pointer-events": "none" });
  const svg = draw("svg", { id: "map-sheet", role: "application", tabindex: "0", "aria-describedby": "map-help", onkeydown: press, onclick: point, onpointerover: hover }, shapes, textures, circles, marks);
  const heading = el("p", { class: "map-key" });
  const legend = el("ul", { class: "map-legend" });
  const cards = el("div", { class: "map-cards" });
  const spoken = el("p", { role: "status", class: "unseen" });
  const table = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": "map-rows" });
  const rows = el("summary", { id: "map-rows" });
  const folded = el("details", { class: "map-table", ontoggle: () => folded.open && fillTable() }, rows, table);
  let centres = [];
  let drawn = null;

  // The ids of shapes are numbers to the base 36.
  function shape(i) {
    return `a${i.toString(36)}`;
  }

  // ---- what is shown

  function set(change) {
    Object.assign(state, change);
    show();
    remember();
  }

  function show() {
    const layer = layerNow();
    select.selectedIndex = state.layer;
    says.replaceChildren(el("strong", {}, layer.headline), " ", el("span", { class: "quiet" }, layer.subtitle), ...(layer.status === "proxy" ? [" ", el("span", { class: "quiet" }, WORDS.proxy)] : []));
    svg.setAttribute("aria-label", WORDS.map(called(layer)));
    svg.setAttribute("viewBox", state.view.map((x) => Math.round(x * 100) / 100).join(" "));
    if (layer !== drawn) fill(layer);
    drawn = layer;
    ring();
    fillCards();
    rows.textContent = WORDS.table(number(areas.length, 0));
    if (folded.open) fillTable();
  }

  // Colours fill the areas themselves; lines and dots, the second channel, lie above them, cut to the areas of their class.
  function fill(layer) {
    const textured = new Map();
    uses.forEach((use, i) => {
      const k = classOf(layer, i);
      const look = k === null ? MISSING : layer.legend[k][0];
      use.setAttribute("fill", look);
      const texture = textureOf(look);
      if (texture) textured.set(texture, [...(textured.get(texture) || []), i]);
    });
    const parts = [...textured].flatMap(([texture, list]) => [
      draw("clipPath", { id: `map-${texture}` }, ...list.map((i) => draw("use", { href: `#${shape(i)}` }))),
      draw("g", { "clip-path": `url(#map-${texture})` }, draw("use", { href: `#${texture}` })),
    ]);
    textures.replaceChildren(...parts, draw("use", { href: "#all", fill: "none", stroke: "#6F6F6F", "stroke-width": "0.5" }));
    sizes(layer);
    heading.textContent = layer.label;
    legend.replaceChildren(...layer.legend.map(([look, words]) => el("li", {}, swatch(look), words)));
    if (layer.tells === "count") legend.append(el("li", { class: "quiet" }, WORDS.sized));
  }
  function textureOf(look) {
    return look.startsWith("url(#") ? `x-${look.slice(5, -1)}` : null;
  }
  function swatch(look) {
    const texture = textureOf(look);
    return draw("svg", { width: "28", height: "18", "aria-hidden": "true" }, texture ? draw("use", { href: `#${texture.replace("x", "w")}` }) : null, draw("rect", { x: "0.5", y: "0.5", width: "27", height: "17", fill: texture ? "none" : look, stroke: "#6F6F6F" }));
  }

  function sizes(layer) {
    if (layer.tells !== "count") return circles.replaceChildren();
    const most = Math.max(1, ...layer.values.filter((v) => typeof v === "number"));
    const circle = (v, i) => draw("circle", { cx: centres[i].x, cy: centres[i].y, r: (LARGEST_CIRCLE * Math.sqrt(v / most)).toFixed(1) });
    circles.replaceChildren(...layer.values.flatMap((v, i) => (typeof v === "number" && v > 0 ? [circle(v, i)] : [])));
  }

  // Lines round what is chosen and pinned: light below dark, so that they are seen on every fill.
  function ring() {
    const scale = state.view[2] / wide;
    const line = (i, stroke, width, dash) => draw("use", { href: `#${shape(i)}`, stroke, "stroke-width": width * Math.max(scale, 0.4), "stroke-dasharray": dash });
    const around = (i, dash) => [line(i, "#FFFFFF", 5, null), line(i, "#0B0C0C", 2.5, dash)];
    marks.replaceChildren(...state.pins.flatMap((i) => around(i, "6 3")), ...(state.area >= 0 ? around(state.area, null) : []));
  }

  function card(i, kind) {
    const layer = layerNow();
    const area = areas[i];
    const { value, range, words } = told(layer, i);
    const others = data.layers.filter((other) => other !== layer);
    const line = (other) => el("div", {}, el("dt", {}, called(other)), el("dd", {}, sentence(other, i)));
    const more = el("details", { open: state.open, ontoggle: () => (state.open = more.open) }, el("summary", {}, WORDS.else(others.length)), el("dl", {}, ...others.map(line)));
    const isPinned = state.pins.includes(i);
    return el(
      "section",
      { class: "map-card", "aria-label": `${kind}: ${area.name}` },
      el("p", { class: "quiet" }, kind),
      el("h3", {}, area.name),
      el("p", { class: "quiet" }, [area.code, ...area.within].join(" · ")),
      el("p", {}, el("span", { class: "quiet" }, called(layer)), el("br"), el("strong", { class: "map-value" }, value), range ? el("br") : null, range, words ? el("br") : null, words),
      button(isPinned ? WORDS.unpin(area.name) : WORDS.pin(area.name), () => pin(i)),
      more,
    );
  }

  function fillCards() {
    const shownCards = state.pins.map((i) => card(i, WORDS.pinned));
    if (state.area >= 0 && !state.pins.includes(state.area)) shownCards.push(card(state.area, WORDS.chosen));
    cards.replaceChildren(...(shownCards.length ? shownCards : [el("p", { class: "quiet" }, WORDS.clear)]));
  }

  // ---- the table

  function columns(layer) {
    const limits = layer.lower ? [[WORDS.lower, "lower"], [WORDS.upper, "upper"]] : [];
    const numbers = layer.values ? [[layer.unit, "values"], ...limits] : [];
    return [[WORDS.area, "name"], [WORDS.code, "code"], ...numbers, [WORDS.state, "class"]];
  }

  // Numbers by size and the rest by letters; what is no number stands last whichever way.
  function sorted(layer, name) {
    const of = (i) => (name === "name" ? areas[i].name : name === "code" ? areas[i].code : name === "class" ? classOf(layer, i) ?? 99 : layer[name][i]);
    const isLast = (v) => name in { values: 1, lower: 1, upper: 1 } && typeof v !== "number";
    const way = state.sort.down ? -1 : 1;
    return areas.map((a) => a.i).sort((i, j) => {
      const [a, b] = [of(i), of(j)];
      if (isLast(a) || isLast(b)) return isLast(a) - isLast(b) || i - j;
      return (typeof a === "number" ? a - b : a.localeCompare(b, "en-GB", { numeric: true })) * way || i - j;
    });
  }

  function fillTable() {
    const layer = layerNow();
    const heads = columns(layer);
    const by = Math.min(state.sort.column, heads.length - 1);
    const order = sorted(layer, heads[by][1]);
    const some = state.all ? order : order.slice(0, FIRST_ROWS);
    const sort = (k) => set({ sort: { column: k, down: by === k ? !state.sort.down : heads[k][1] === "values" } });
    const isNumber = (name) => ["values", "lower", "upper"].includes(name);
    const head = ([words, name], k) => el("th", { scope: "col", class: isNumber(name) ? "n" : null, "aria-sort": by === k ? (state.sort.down ? "descending" : "ascending") : "none" }, button(words, () => sort(k), { class: "map-sort" }));
    const cell = (i) => ([, name]) => {
      if (name === "name") return el("th", { scope: "row" }, button(areas[i].name, () => choose(i), { class: "map-row" }));
      const words = name === "code" ? areas[i].code : name === "class" ? classWords(layer, i) : shown(layer, name, i);
      return el("td", { class: isNumber(name) ? "n" : null }, words);
    };
    const row = (i) => el("tr", { "data-area": i, class: i === state.area || state.pins.includes(i) ? "chosen" : null, "aria-current": i === state.area ? "true" : null }, ...heads.map(cell(i)));
    const focused = document.activeElement && table.contains(document.activeElement) ? document.activeElement.textContent : null;
    table.replaceChildren(el("table", {}, el("caption", {}, called(layer)), el("thead", {}, el("tr", {}, ...heads.map(head))), el("tbody", {}, ...some.map(row))));
    if (some.length < order.length) table.append(button(WORDS.all(number(order.length, 0)), () => set({ all: true })));
    if (focused) [...table.querySelectorAll("button")].find((b) => b.textContent === focused)?.focus();
  }

  // ---- finding an area

  function matches() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    return words.length ? areas.filter((a) => words.every((w) => a.plain.includes(w))) : [];
  }
  function find() {
    const list = matches();
    if (!search.value.trim()) return found.replaceChildren();
    const entry = (a) => el("li", {}, button([a.name, ...a.within, a.code].join(" · "), () => choose(a.i)));
    const rest = list.length - MOST_FOUND;
    const words = list.length ? WORDS.found(list.length) : WORDS.none;
    found.replaceChildren(el("p", { role: "status" }, words), el("ul", {}, ...list.slice(0, MOST_FOUND).map(entry), ...(rest > 0 ? [el("li", { class: "quiet" }, WORDS.more(rest))] : [])));
  }
  function firstFound(event) {
    const [first] = matches();
    if (event.key === "Enter" && first) {
      event.preventDefault();
      choose(first.i);
    }
  }

  // ---- moving about

  function choose(i) {
    state.area = i;
    const layer = layerNow();
    spoken.textContent = `${areas[i].name}: ${sentence(layer, i)}`;
    inView(i);
    set({});
  }
  function pin(i) {
    const kept = state.pins.filter((p) => p !== i);
    set({ area: i, pins: kept.length < state.pins.length ? kept : [...kept.slice(-1), i] });
    spoken.textContent = `${state.pins.includes(i) ? WORDS.pinned : WORDS.chosen}: ${areas[i].name}`;
    // The card was drawn again: who pressed its button stays at it.
    if (document.activeElement === document.body) svg.focus({ preventScroll: true });
  }
  function point(event) {
    const i = position.get(event.target.closest("use"));
    if (i !== undefined) choose(i);
  }
  function hover(event) {
    const i = position.get(event.target.closest("use"));
    if (i !== undefined) uses[i].firstChild.textContent = `${areas[i].name}: ${sentence(layerNow(), i)}`;
  }

  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  // The nearest area that lies more in the direction of the key than across it.
  function next([dx, dy]) {
    if (state.area < 0) return 0;
    const from = centres[state.area];
    let best = state.area;
    let least = Infinity;
    centres.forEach(({ x, y }, i) => {
      const along = (x - from.x) * dx + (y - from.y) * dy;
      const across = Math.abs((x - from.x) * dy - (y - from.y) * dx);
      const far = along + 2 * across;
      if (i !== state.area && along > 0 && across <= along && far < least) [best, least] = [i, far];
    });
    return best;
  }
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (WAYS[event.key]) choose(next(WAYS[event.key]));
    else if ((event.key === "Enter" || event.key === " ") && state.area >= 0) pin(state.area);
    else if (event.key === "+" || event.key === "=") zoom(0.5);
    else if (event.key === "-") zoom(2);
    else if (event.key === "Home") choose(0);
    else if (event.key === "End") choose(areas.length - 1);
    else return;
    event.preventDefault();
  }
  function zoom(by) {
    const [left, top, w, h] = state.view;
    const middle = state.area >= 0 ? centres[state.area] : { x: left + w / 2, y: top + h / 2 };
    const size = Math.min(1, Math.max(1 / 16, (w / wide) * by));
    look(middle, size);
    set({});
  }
  function look({ x, y }, size) {
    const [w, h] = [wide * size, high * size];
    state.view = [Math.min(Math.max(0, x - w / 2), wide - w), Math.min(Math.max(0, y - h / 2), high - h), w, h];
  }
  function inView(i) {
    const [left, top, w, h] = state.view;
    const { x, y } = centres[i];
    if (x < left || x > left + w || y < top || y > top + h) look(centres[i], w / wide);
  }

  // ---- the address

  function remember() {
    const codes = (list) => list.map((i) => areas[i].code).join(",");
    const parts = new URLSearchParams({ layer: key(layerNow()) });
    if (state.area >= 0) parts.set("area", areas[state.area].code);
    if (state.pins.length) parts.set("pins", codes(state.pins));
    if (state.sort.column || state.sort.down) parts.set("sort", `${state.sort.column}${state.sort.down ? "-" : ""}`);
    try {
      history.replaceState(null, "", `#${parts}`);
    } catch {
      // Some browsers keep the address of a file as it is.
    }
  }
  function recall() {
    if (!location.hash.startsWith("#layer=")) return false;
    const parts = new URLSearchParams(location.hash.slice(1));
    const at = (code) => areas.findIndex((a) => a.code === code);
    const layer = data.layers.findIndex((l) => key(l) === parts.get("layer"));
    state.layer = Math.max(0, layer);
    state.area = at(parts.get("area"));
    state.pins = [...new Set((parts.get("pins") || "").split(",").map(at))].filter((i) => i >= 0).slice(0, 2);
    const sort = parts.get("sort") || "0";
    state.sort = { column: Math.max(0, parseInt(sort, 10) || 0), down: sort.endsWith("-") };
    return true;
  }

  // ---- begin

  const questions = [...new Set(data.layers.map((l) => l.question))];
  // Layers stand in the order of their questions, as the choice shows them.
  data.layers = questions.flatMap((q) => data.layers.filter((l) => l.question === q));
  for (const question of questions) {
    const own = data.layers.filter((l) => l.question === question);
    select.append(el("optgroup", { label: question }, ...own.map((l) => el("option", {}, called(l)))));
  }
  place.append(
    el("h2", { id: "map-title" }, WORDS.title),
    el("div", { class: "map-tools" }, el("div", {}, el("label", { for: "map-layer" }, WORDS.layer), select), el("div", {}, el("label", { for: "map-find" }, WORDS.find), search, found)),
    says,
    el("div", { class: "map-body" }, el("div", { class: "map-paper" }, svg), el("div", {}, heading, legend)),
    el("p", { class: "map-zoom" }, button(WORDS.closer, () => zoom(0.5)), button(WORDS.wider, () => zoom(2)), button(WORDS.whole, () => set({ view: [0, 0, wide, high] })), el("span", { class: "quiet", id: "map-help" }, WORDS.help)),
    cards,
    spoken,
    folded,
  );
  const contents = document.querySelector("nav ul");
  if (contents) contents.prepend(el("li", {}, el("a", { href: "#map-title" }, WORDS.title)));
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  centres = uses.map((use) => {
    const box = use.getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  recall();
  show();
  addEventListener("hashchange", () => recall() && show());
})();
