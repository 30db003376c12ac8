// Draws the plots of the page: each canvas names the address of its specification.
"use strict";

for (const canvas of document.querySelectorAll("[data-plot]")) draw(canvas);

async function draw(canvas) {
  const waiting = canvas.querySelector(".waiting");
  try {
    const answer = await fetch(canvas.dataset.plot);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const { grammar, specification } = await answer.json();
    const place = document.createElement("div");
    place.setAttribute("aria-hidden", "true"); // the canvas itself is named, and the table below is what a screen reader reads
    canvas.append(place);
    await vegaEmbed(place, specification, {
      mode: grammar, ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true },
      loader: { target: "_self" },
    });
    waiting.remove();
    canvas.dataset.drawn = "yes";
  } catch (error) {
    waiting.textContent = `The plot could not be drawn (${error.message}). The table below holds the same facts.`;
  }
}
