// Moves cards by drag and in a dialog. Both press the same addresses as the plain forms.

const dialog = document.querySelector("#dialog");
const part = document.querySelector("#dialog-part");
const root = document.documentElement;
const AS_PART = { "HX-Request": "true" };

let lifted = null;
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

// The drag

function landing(event) {
  return event.target.closest?.(".place, .tray-box");
}

function unmark() {
  document.querySelectorAll(".over").forEach((place) => place.classList.remove("over"));
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.(".session-card");
  if (!card) return;
  lifted = { number: card.dataset.number, seen: boardVersion() };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.querySelector("h3").textContent);
  card.classList.add("lifted");
  root.classList.add("dragging");
});

document.addEventListener("dragover", (event) => {
  const place = lifted && landing(event);
  if (!place) return;
  event.preventDefault();
  if (place.classList.contains("over")) return;
  unmark();
  place.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const place = lifted && landing(event);
  if (!place) return;
  event.preventDefault();
  const { number, seen } = lifted;
  const { round, room } = place.dataset;
  const here = `${board().dataset.sessions}/${number}`;
  returnTo = `move-${number}`;
  if (round) press(`${here}/place`, { round, room, seen });
  else press(`${here}/unplace`, { seen });
});

document.addEventListener("dragend", () => {
  lifted = null;
  unmark();
  root.classList.remove("dragging");
  document.querySelectorAll(".lifted").forEach((card) => card.classList.remove("lifted"));
});
