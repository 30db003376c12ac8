// Puts the editor in the place of the plain form. Queries run at this server's endpoint and nowhere else.
"use strict";

const place = document.getElementById("editor");
const plain = document.getElementById("query");
const endpoint = new URL(place.dataset.endpoint, location.href).href;

const editor = new Yasgui(place, {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: null,
});
const tab = editor.getTab() || editor.addTab(true);
tab.setEndpoint(endpoint);
tab.setQuery(plain.value);

// A node of the graph in an answer leads to its page on this server, not to the address that its IRI has in the world.
place.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !link.href.startsWith(place.dataset.home) || link.href.includes("#")) return;
  event.preventDefault();
  location.assign(place.dataset.prefix + link.href.slice(place.dataset.home.length));
}, true);
