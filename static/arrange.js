// Moves cards by drag and in a dialog. Both press the same addresses as the plain forms.

const dialog = document.querySelector("#dialog");
const part = document.querySelector("#dialog-part");
const root = document.documentElement;
const AS_PART = { "HX-Request": "true" };

const taken = new WeakSet();

let returnTo = "";

root.classList.add("can-drag");

async function show(answer) {
  const text = await answer.text();
  await htmx.swap({ text, target: "#dialog-part", swap: "innerHTML", sourceElement: document.body });
  if (!dialog.open) dialog.showModal();
  part.querySelector("#problem, h2")?.setAttribute("tabindex", "-1");
  part.querySelector("#problem, h2")?.focus();
}

async function press(address, values) {
  try {
    const body = new URLSearchParams(values);
    const answer = await fetch(address, { method: "POST", body, headers: AS_PART });
    if (!answer.ok) {
      await show(answer);
      return;
    }
    const text = await answer.text();
    await htmx.swap({ text, target: "#news", swap: "none", sourceElement: document.body });
    heard(text);
    dialog.close();
    document.getElementById(returnTo)?.focus();
  } catch {
    tell("That did not reach us. Nothing was moved. Please try again.");
  }
}

// The dialog

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.move, a.leave");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches(".leave")) {
    dialog.close();
    return;
  }
  returnTo = link.id;
  try {
    await show(await fetch(link.href, { headers: AS_PART }));
  } catch {
    location.href = link.href;
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".place-form")) return;
  event.preventDefault();
  press(event.target.action, new FormData(event.target));
});

document.querySelector("#close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => document.getElementById(returnTo)?.focus());

// The drag: the library makes one of what browsers do differently; it presses the same addresses.

const LANDING = ".place, .tray-box";

// The stream may bring new cards and spots, or take a mark of the library away from old ones.
function offerDrag() {
  for (const element of document.querySelectorAll(".session-card[draggable]")) {
    if (taken.has(element)) continue;
    taken.add(element);
    dragAndDrop.draggable({
      element,
      getInitialData: () => ({ number: element.dataset.number, seen: boardVersion() }),
    });
  }
  for (const element of document.querySelectorAll(LANDING)) {
    if (element.matches("[data-drop-target-for-element]")) continue;
    dragAndDrop.dropTargetForElements({ element });
  }
}

// While a card is carried each spot says what it says to a card in hand: that it takes it, or why not.
let carried = "";

async function markSpots(number) {
  carried = number;
  const answer = await fetch(`${location.pathname}?card=${number}`).catch(() => null);
  if (!answer?.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (carried !== number) return;
  for (const spot of drawn.querySelectorAll("[id^=for-]")) {
    const place = document.getElementById(spot.id.replace("for", "spot"));
    const words = [...spot.querySelectorAll(".tag, .quiet")].map((one) => one.textContent);
    if (!place) continue;
    place.classList.toggle("takes", spot.matches(".takes"));
    place.dataset.says = words.join(" ") || "It fits here.";
  }
}

function unmarkSpots() {
  carried = "";
  unmark("takes");
  document.querySelectorAll("[data-says]").forEach((place) => delete place.dataset.says);
}

function unmark(...classes) {
  for (const name of classes) {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
  }
}

dragAndDrop.monitorForElements({
  onDragStart({ source }) {
    source.element.classList.add("lifted");
    root.classList.add("dragging");
    if (!document.querySelector("#in-hand")) markSpots(source.data.number);
  },
  onDropTargetChange({ location }) {
    unmark("over");
    location.current.dropTargets[0]?.element.classList.add("over");
  },
  onDrop({ source, location }) {
    unmark("over", "lifted", "dragging");
    if (carried) unmarkSpots();
    const place = location.current.dropTargets[0]?.element;
    if (!place) return;
    const { number, seen } = source.data;
    const { round, room } = place.dataset;
    const here = `${board().dataset.sessions}/${number}`;
    returnTo = `move-${number}`;
    if (round) press(`${here}/place`, { round, room, seen });
    else press(`${here}/unplace`, { seen });
  },
});

offerDrag();
document.addEventListener("board:changed", offerDrag);

// What facilitators should look at is nobody else's, so it is in no stream: it is fetched again.
// What hosts ask for changes no cell, so it is looked for while somebody has the page before them.
const LOOK_AGAIN_AFTER = 3000;
const LOOK_AGAIN_EVERY = 30000;
let lookTimer = null;

document.addEventListener("htmx:sse:after:message", () => {
  clearTimeout(lookTimer);
  lookTimer = setTimeout(lookAgain, LOOK_AGAIN_AFTER + jitter(2000));
});

setInterval(() => {
  if (!document.hidden) lookAgain();
}, LOOK_AGAIN_EVERY);

function lookAgain() {
  if (pause.getAttribute("aria-pressed") !== "true") freshen("#watch-box");
}
