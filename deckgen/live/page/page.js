// Shows what deckgen knows of a deck, and again after every save. Words from files are only ever
// set as text, never as markup. What has not changed is left alone.

const find = (id) => document.getElementById(id);
const controls = find("controls");
let state = null;
let connected = true;
const known = new WeakMap(); // the children of elements by their keys

// An element with classes and children; a string is text.
function make(name, classes = "", ...children) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  element.append(...children);
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Makes `children` the children of an element, and moves only what stands elsewhere.
function arrange(parent, children) {
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
  while (parent.children.length > children.length) {
    known.get(parent)?.delete(parent.lastElementChild.dataset.key);
    parent.lastElementChild.remove();
  }
}

// The child of an element with a key, made anew if there is none.
function keyed(parent, key, create) {
  if (!known.has(parent)) known.set(parent, new Map());
  const children = known.get(parent);
  if (!children.has(key)) {
    children.set(key, create());
    children.get(key).dataset.key = key;
  }
  return children.get(key);
}

function isNear(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.bottom > -200 && box.top < innerHeight + 200;
}

// Another picture takes the place of the old one once it is there, so that nothing flashes.
function setPicture(image, shown) {
  const sight = controls.elements.simulate.value;
  const url = `/picture/${shown.name}${sight === "normal" ? "" : `-${sight}`}.png`;
  const alt = shown.alt + (shown.current ? "" : " (not current)");
  if (image.alt !== alt) image.alt = alt;
  if (image.dataset.wanted === url) return;
  image.dataset.wanted = url;
  const put = () => {
    if (image.dataset.wanted !== url) return;
    image.width = shown.width;
    image.height = shown.height;
    image.src = url;
  };
  if (!image.hasAttribute("src") || !isNear(image)) return put();
  const next = new Image();
  next.src = url;
  next.decode().then(put, put);
}

function setGuides(box, guides) {
  const written = JSON.stringify(guides);
  if (box.dataset.written === written) return;
  box.dataset.written = written;
  box.replaceChildren(
    ...guides.map(({ colour, box: shares }) => {
      const line = make("span");
      const [left, top, width, height] = shares.map((share) => `${100 * share}%`);
      Object.assign(line.style, { borderColor: colour, left, top, width, height });
      return line;
    }),
  );
}

function newFace(classes) {
  const image = make("img");
  image.loading = "lazy";
  const guides = make("div", "guides");
  guides.setAttribute("aria-hidden", "true");
  const tag = make("span", "tag", "Not current");
  tag.setAttribute("aria-hidden", "true"); // the picture's own words say so
  return make("div", classes, image, guides, tag);
}

function setFace(face, shown) {
  face.classList.toggle("old", !shown.current);
  setPicture(face.querySelector("img"), shown);
  setGuides(face.querySelector(".guides"), shown.guides);
}

function newProblem(problem) {
  const severity = make("span", "severity", problem.error ? "Error" : "Warning");
  return make(
    "li",
    problem.severity,
    make("p", "", severity, " ", make("span", "place", problem.place)),
    make("p", "found", problem.found),
    make("p", "todo", problem.todo),
  );
}

function setProblems(list, problems) {
  arrange(list, problems.map((one) => keyed(list, JSON.stringify(one), () => newProblem(one))));
  list.hidden = problems.length === 0;
}

function newCard(code) {
  const head = make("h3", "", make("b"), make("span", "title"), make("span", "place"));
  const problems = make("ul", "problems");
  problems.setAttribute("aria-label", `Problems of ${code}`);
  const card = make("article", "card", head, make("div", "faces"), problems);
  card.id = `card-${code}`;
  return card;
}

function setCard(card, shown) {
  const [code, title, place] = card.querySelector("h3").children;
  setText(code, shown.code);
  setText(title, shown.title);
  title.lang = state.language;
  title.title = shown.title;
  setText(place, shown.place.split("/").pop());
  place.title = shown.place;
  const faces = card.querySelector(".faces");
  arrange(faces, shown.faces.map((_, at) => keyed(faces, String(at), () => newFace("face"))));
  shown.faces.forEach((face, at) => setFace(faces.children[at], face));
  card.classList.toggle("empty", shown.faces.length === 0);
  card.classList.toggle("wrong", shown.problems.some((problem) => problem.error));
  card.classList.toggle("warned", shown.problems.some((problem) => !problem.error));
  setProblems(card.querySelector(".problems"), shown.problems);
}

function newSection() {
  const head = make("h2", "", make("span", "name"), make("span", "count"));
  return make("section", "section", head, make("div", "row"));
}

function setSection(section, shown) {
  const [name, count] = section.querySelector("h2").children;
  setText(name, shown.name);
  name.lang = state.language;
  setText(count, shown.cards.length === 1 ? "1 card" : `${shown.cards.length} cards`);
  for (const [token, colour] of Object.entries(shown.colours)) {
    section.style.setProperty(`--${token.replace("_", "-")}`, colour);
  }
  const row = section.querySelector(".row");
  const cards = shown.cards.map((card) => keyed(row, card.code, () => newCard(card.code)));
  arrange(row, cards);
  cards.forEach((card, at) => setCard(card, shown.cards[at]));
}

function setSheets(sheets) {
  const parent = find("sheets");
  const figures = sheets.map((shown, at) =>
    keyed(parent, String(at), () => make("figure", "sheet", make("figcaption"), newFace("paper"))),
  );
  arrange(parent, figures);
  figures.forEach((figure, at) => {
    setText(figure.firstElementChild, sheets[at].alt);
    setFace(figure.lastElementChild, sheets[at]);
  });
}

const troubled = () =>
  state.sections.flatMap((section) => section.cards).filter((card) => card.problems.length);

// Problems that belong to no card, and links to the cards that have some.
function setGeneral() {
  const cards = troubled();
  find("general").hidden = !state.problems.length && !cards.length;
  setProblems(find("problems"), state.problems);
  const elsewhere = find("elsewhere");
  elsewhere.hidden = !cards.length;
  const links = cards.flatMap((card, at) => {
    const link = make("a", "", card.code);
    link.href = `#card-${card.code}`;
    return at ? [", ", link] : [link];
  });
  const lead = state.problems.length ? "More beside " : "Beside ";
  elsewhere.replaceChildren(lead, cards.length === 1 ? "the card " : "the cards ", ...links, ".");
}

function setStatus() {
  const said = {
    errors: `${state?.count} Checked at ${state?.looked}.`,
    warnings: `${state?.count} Drawn at ${state?.drawn}.`,
    good: `Up to date. Drawn at ${state?.drawn}.`,
    away: "deckgen doesn’t answer. Has it been ended? This page tries again by itself.",
    waiting: "Drawing the cards …",
  };
  let kind = !state?.number ? "waiting" : state.errors ? "errors" : state.count ? "warnings" : "good";
  if (!connected) kind = "away";
  document.body.dataset.state = kind;
  setText(find("status"), said[kind]);
}

// What a screen reader says after a save.
function announce() {
  const all = troubled().flatMap((card) => card.problems.map((problem) => [card.code, problem]));
  const said = [...state.problems.map((problem) => [problem.place, problem]), ...all]
    .slice(0, 3)
    .map(([where, problem]) => `${where}: ${problem.severity}: ${problem.found} ${problem.todo}`);
  setText(find("news"), said.join(" "));
}

function draw() {
  setStatus();
  if (!state?.number) return;
  const { value: show } = controls.elements.show;
  document.body.dataset.show = show;
  document.body.dataset.size = controls.elements.size.value;
  document.body.toggleAttribute("data-guides", controls.elements.guides.checked);
  find("legend").hidden = !controls.elements.guides.checked;
  find("cards").hidden = show !== "cards";
  find("sheets").hidden = show !== "sheets";
  if (state.title) {
    setText(find("title"), state.title);
    find("title").lang = state.language;
    setText(find("edition"), state.edition);
  }
  document.title = `${state.count ? `${state.errors ? "▲" : "△"} ` : ""}${state.title || "deckgen preview"}`;
  find("old").hidden = state.current;
  const old = `These pictures are not current. They are from ${state.drawn}; new ones come when the errors are gone.`;
  setText(find("old"), state.drawn ? old : "There are no pictures yet. They come when the errors are gone.");
  setGeneral();
  const sections = state.sections.map(({ prefix }) => keyed(find("cards"), prefix, newSection));
  arrange(find("cards"), sections);
  sections.forEach((section, at) => setSection(section, state.sections[at]));
  setSheets(state.sheets);
}

// Draws, and leaves what the person looks at where it is on the screen.
function redraw() {
  const header = document.querySelector("header");
  const top = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  const things = [...document.querySelectorAll(".card, .sheet")];
  const anchor = things.find((thing) => thing.getBoundingClientRect().bottom > top + 40);
  const before = scrollY > 0 && anchor ? anchor.getBoundingClientRect().top : null;
  draw();
  if (before !== null && anchor.isConnected) {
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  }
}

async function load() {
  const answer = await fetch("/state.json");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  const fresh = await answer.json();
  connected = true;
  state = fresh;
  redraw();
  announce();
}

let events = null;
function listen() {
  events ??= new EventSource("/events");
  events.onmessage = () => load().catch(() => {});
  events.onerror = () => {
    connected = false;
    setStatus();
    if (events.readyState === EventSource.CLOSED) {
      events = null;
      setTimeout(listen, 1000);
    }
  };
}

// A hidden page doesn't listen: browsers allow one server few connections.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return listen();
  events?.close();
  events = null;
});

// The controls are kept in the address, so that a reload shows the same.
const asked = new URLSearchParams(location.search);
for (const name of ["show", "size", "simulate"]) {
  const control = controls.elements[name];
  const values = [...(control.options ?? control)].map((choice) => choice.value);
  if (values.includes(asked.get(name))) control.value = asked.get(name);
}
controls.elements.guides.checked = asked.has("guides");
controls.addEventListener("submit", (event) => event.preventDefault());
function choose() {
  const chosen = new URLSearchParams(new FormData(controls));
  history.replaceState(null, "", `?${chosen}${location.hash}`);
  redraw();
}
controls.addEventListener("change", choose);
// A link to a card leads nowhere while the sheets are shown.
find("elsewhere").addEventListener("click", () => {
  controls.elements.show.value = "cards";
  choose();
});
listen();
