// Keeps the minutes right, and shows fewer rooms on a screen when their titles are too long for it.

const FEWEST_ROOMS = 2;

function tellMinutes() {
  const left = document.querySelector("#left");
  if (!left) return;
  const minutes = Math.max(0, Math.ceil((Number(left.dataset.ends) * 1000 - serverNow()) / 60000));
  left.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
}

// A gentle clock from the server's own deadline. At the end it just stops.
function tellClock() {
  const clock = document.querySelector("#clock");
  if (!clock) return;
  const seconds = Math.max(0, Math.ceil((Number(clock.dataset.ends) - serverNow()) / 1000));
  clock.textContent = seconds ? String(seconds) : "";
}

function fit() {
  const tooLong = document.documentElement.scrollHeight > window.innerHeight + 1;
  const rooms = Math.min(Number(board().dataset.rooms), document.querySelectorAll(".wall-spot, .wall .map-room").length);
  if (!tooLong || rooms <= FEWEST_ROOMS || window.innerWidth < window.innerHeight) return;
  if (cardInHand()) before ||= Number(board().dataset.rooms);
  showRooms(rooms - 1);
}

function showRooms(rooms) {
  const address = new URL(location.href);
  address.searchParams.set("rooms", rooms);
  history.replaceState(null, "", address);
  freshen("#board");
}

// Above the rooms stands the card in hand. When it is gone there is space for as many as before.
let before = 0;

const cardInHand = () => document.querySelector("#wall-hand:not([hidden])");

function fitAgain() {
  if (!before || cardInHand()) {
    fit();
    return;
  }
  showRooms(before);
  before = 0;
}

document.addEventListener("board:changed", fitAgain);
document.addEventListener("board:changed", tellMinutes);
window.addEventListener("resize", fit);
document.fonts.ready.then(fit);
setInterval(tellMinutes, 10000);
setInterval(tellClock, 1000);
tellClock();
