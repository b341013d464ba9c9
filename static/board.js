// Joins a board's live stream, says what changed, and marks a person's own stars.
// Everything works without this file: pages then have a link that shows what is new.

const ONE_SENTENCE_EVERY = 5000;
const MARKED_FOR = 8000;
const TRY_JOINING_EVERY = 3000;
const LOOK_FOR_QUESTIONS_EVERY = 30000;
const TURNS = ["It is your turn.", "You are next.", "You are next but one."];

const said = document.querySelector("#said");
const cutOff = document.querySelector("#cut-off");
const pause = document.querySelector("#pause");

const board = () => document.querySelector("#board");
const jitter = (most) => Math.random() * most;

let connection = null;
let known = Number(board().dataset.seen);
let cutOffTimer = null;
let joinTimer = null;
let turnTimer = null;
let sayTimer = null;
let unsaid = "";
let untold = 0;
let owed = "";
let stoodOn = "";
let ahead = 0;

// The newest version that this page shows.
function boardVersion() {
  return Math.max(known, Number(connection?.lastEventId || 0));
}

// The server's clock: the one of a screen may be minutes wrong. Less than two seconds are the way here.
function serverNow() {
  return Date.now() + ahead;
}

function setClock(came) {
  const wrong = Number(document.querySelector("#news").dataset.now || came) - came;
  ahead = Math.abs(wrong) < 2000 ? 0 : wrong;
}

// The stream

function join() {
  const live = document.createElement("div");
  live.id = "live";
  live.hidden = true;
  live.setAttribute("hx-swap", "none");
  live.setAttribute("hx-sse:connect", `${board().dataset.stream}&seen=${boardVersion()}`);
  document.body.append(live);
  htmx.process(live);
  joinTimer = setTimeout(joinAgain, TRY_JOINING_EVERY + jitter(1500));
}

function leave() {
  known = boardVersion();
  clearTimeout(joinTimer);
  const left = connection;
  connection = null;
  document.querySelector("#live")?.remove();
  left?.reader?.cancel();
  left?.delayCanceller?.();
}

function joinAgain() {
  showCutOff();
  leave();
  join();
}

function joined(event) {
  connection = event.detail.connection;
  clearTimeout(joinTimer);
  clearTimeout(cutOffTimer);
  cutOffTimer = null;
  cutOff.hidden = true;
}

function showCutOff() {
  if (cutOffTimer) return;
  const clock = { hour: "numeric", minute: "2-digit", hourCycle: "h12", timeZone: board().dataset.zone };
  const shown = new Date(serverNow()).toLocaleTimeString("en-GB", clock).replace(" ", "");
  cutOffTimer = setTimeout(() => {
    cutOff.textContent = `Showing ${shown}. Trying again.`;
    cutOff.hidden = false;
  }, 1500);
}

document.addEventListener("htmx:sse:after:connection", joined);
document.addEventListener("htmx:sse:error", showCutOff);
document.addEventListener("htmx:sse:before:connection", (event) => {
  if (event.detail.connection.attempt > 0) showCutOff();
});
document.addEventListener("htmx:sse:close", (event) => {
  if (event.detail.connection === connection) joinAgain();
});
document.addEventListener("htmx:sse:before:message", noteFocus);
document.addEventListener("htmx:sse:after:message", (event) => heard(event.detail.message.data));
window.addEventListener("offline", showCutOff);
window.addEventListener("online", () => {
  if (pause.getAttribute("aria-pressed") !== "true") joinAgain();
});

// What came

function heard(html) {
  const news = document.querySelector("#news");
  known = Math.max(known, Number(news.dataset.version || 0));
  keepFocus();
  markStars();
  if (news.dataset.plan !== board().dataset.plan) {
    freshen("#board");
    return;
  }
  if (news.textContent) {
    tell(news.textContent, Number(news.dataset.changes || 1));
    markMoved(html);
  }
  const listed = new Set([...myStars(), ...mySessions()]);
  if (news.dataset.numbers.split(" ").some((number) => listed.has(number))) freshen("#mine");
  tellTurn();
  document.dispatchEvent(new Event("board:changed"));
}

// Whoever offered the card that comes soon is told, as the server does on a full page.
function tellTurn() {
  const turn = document.querySelector("#your-turn");
  const moment = document.querySelector("#moment");
  if (!turn || !moment) return;
  const own = mySessions();
  const { now, queue } = moment.dataset;
  const order = now ? [now, ...queue.split(" ").slice(0, 2)] : [];
  const words = TURNS[order.findIndex((one) => own.includes(one))] || "";
  if (turn.textContent === words) return;
  turn.textContent = words;
  turn.hidden = !words;
  owed = words;
  if (owed && !sayTimer) say();
}

// A host is asked whether two sessions should become one. That changes no cell: it is looked for.
let asked = askedNow();

function askedNow() {
  return document.querySelector("#asked")?.textContent.trim() || "";
}

function tellAsked() {
  const before = asked;
  asked = askedNow();
  if (!asked || asked === before) return;
  owed = asked;
  if (!sayTimer) say();
}

setInterval(() => {
  const may = !document.hidden && pause.getAttribute("aria-pressed") !== "true";
  if (may && mySessions().length) freshen("#asked");
}, LOOK_FOR_QUESTIONS_EVERY);

// Whoever stands on a control of a card that moves still stands on it when it is somewhere else.
function noteFocus() {
  stoodOn = document.activeElement?.id || "";
}

function keepFocus() {
  if (!stoodOn || document.activeElement !== document.body) return;
  document.getElementById(stoodOn)?.focus({ preventScroll: true });
}

function tell(sentence, changes = 1) {
  unsaid = sentence;
  untold += changes;
  if (!sayTimer) say();
}

// What is for this person alone goes before what is for everybody.
function say() {
  if (owed) {
    said.textContent = owed;
    owed = "";
  } else {
    said.textContent = untold > 1 ? `${untold} changes.` : unsaid;
    untold = 0;
  }
  sayTimer = setTimeout(() => {
    sayTimer = null;
    if (owed || untold) say();
  }, ONE_SENTENCE_EVERY);
}

function markMoved(html) {
  const ids = [...html.matchAll(/id="((?:spot|waiting|tray)-[\d-]+)"/g)].map((found) => found[1]);
  const cells = ids.map((id) => document.getElementById(id)).filter((cell) => cell && !("still" in cell.dataset));
  cells.forEach((cell) => cell.classList.add("moved"));
  setTimeout(() => cells.forEach((cell) => cell.classList.remove("moved")), MARKED_FOR);
}

// Fetch a part of this page again, as when the day turns to the next round. Keeps the old on failure.
async function freshen(part) {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const swap = "outerMorph ignoreTitle:true";
    const text = await answer.text();
    noteFocus();
    await htmx.swap({ text, target: part, select: part, swap, sourceElement: document.body });
    keepFocus();
    known = Math.max(known, Number(board().dataset.seen));
    markStars();
    tellAsked();
    waitForTurn();
    document.dispatchEvent(new Event("board:changed"));
  } catch {
    setTimeout(() => freshen(part), TRY_JOINING_EVERY + jitter(1500));
  }
}

function waitForTurn() {
  clearTimeout(turnTimer);
  const turns = Number(board().dataset.turns || 0) * 1000;
  const wait = turns - serverNow() + jitter(3000);
  // Longer waits than a day do not fit into a timer.
  if (turns && wait < 86400000) turnTimer = setTimeout(() => freshen("#board"), Math.max(wait, 1000));
}

// Stars

function mySessions() {
  return (document.querySelector("#mine")?.dataset.own || "").split(" ").filter((number) => number);
}

function myStars() {
  const list = document.querySelector("#mine")?.dataset.stars || "";
  return new Set(list.split(" ").filter((number) => number));
}

function markStars() {
  const mine = myStars();
  for (const button of document.querySelectorAll(".star")) {
    const starred = mine.has(button.id.replace("star-", ""));
    button.value = starred ? "off" : "on";
    button.firstElementChild.textContent = starred ? "Starred" : "Star";
  }
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!event.target.matches(".star-form")) return;
  event.preventDefault();
  const body = new URLSearchParams([["star", button.value]]);
  try {
    const answer = await fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const text = await answer.text();
    await htmx.swap({ text, target: "#mine", swap: "outerMorph", sourceElement: document.body });
    markStars();
  } catch {
    tell("The star was not kept. Please try again.");
  }
});

// Pausing

pause.addEventListener("click", () => {
  const paused = pause.getAttribute("aria-pressed") !== "true";
  pause.setAttribute("aria-pressed", String(paused));
  if (paused) {
    leave();
    tell("Updates are paused.");
  } else {
    join();
    tell("Updates go on.");
  }
});

const [visit] = performance.getEntriesByType("navigation");
// A page that the browser had kept tells an old time.
if (visit && visit.type !== "back_forward") setClock(Date.now() - performance.now() + visit.responseStart);
pause.hidden = false;
waitForTurn();
// After htmx has looked at the page for itself: it would join a second time.
setTimeout(join);
