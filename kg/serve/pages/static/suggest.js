// Suggestions below a field for names. Without this script the field is a plain one, and the server finds the name.
"use strict";

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names that begin so");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }

  let hits = [];
  let chosen = -1;
  let asked = 0;
  let timer = 0;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[place].id);
  }

  function take(place) {
    const hit = hits[place];
    if ("open" in input.dataset) location.assign(hit.href);
    else input.value = hit.label;
    close();
  }

  function show(found) {
    hits = found;
    list.replaceChildren(...found.map((hit, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("bdi");
      name.textContent = hit.label;
      const kind = document.createElement("small");
      const facts = hit.facts ? `${hit.facts} ${hit.facts === 1 ? "fact" : "facts"}` : "";
      kind.textContent = [hit.name === hit.label ? "" : `“${hit.name}”`, hit.kind, facts].filter(Boolean).join(" · ");
      item.append(name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(i); });
      return item;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    choose(-1);
  }

  async function ask() {
    const text = input.value.trim();
    const mine = ++asked;
    if (text.length < 2) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (answer.ok && mine === asked && document.activeElement === input) show(await answer.json());
    } catch {
      close(); // the server has gone; the field works without suggestions
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      event.preventDefault();
      choose((chosen + step + hits.length + 1) % (hits.length + 1) === hits.length ? -1 : (chosen + step + hits.length + 1) % (hits.length + 1));
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    }
  });
}
