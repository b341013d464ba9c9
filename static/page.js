// Everything works without this file. It moves focus to the error summary and counts down characters.

document.querySelector("#problem")?.focus();

for (const line of document.querySelectorAll("[data-limit]")) {
  const field = document.getElementById(line.id.replace(/-left$/, ""));
  const limit = Number(line.dataset.limit);
  const tell = () => {
    const left = limit - [...field.value].length;
    const many = Math.abs(left);
    const characters = many === 1 ? "character" : "characters";
    line.textContent = left < 0 ? `${many} ${characters} too many.` : `${many} ${characters} left.`;
    line.classList.toggle("over", left < 0);
  };
  field.addEventListener("input", tell);
  tell();
}
