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

// What the editor leaves without a name.
const names = { ".CodeMirror textarea": "Query", ".CodeMirror-scroll": "Text of the query", ".tableSizer": "Rows on one page", ".tableFilter": "Filter the rows" };
function name() {
  for (const [which, words] of Object.entries(names)) {
    for (const element of place.querySelectorAll(which)) {
      if (element.getAttribute("aria-label")) continue;
      element.setAttribute("aria-label", words);
      if (which === ".CodeMirror-scroll") {
        element.setAttribute("role", "region");
        element.tabIndex = 0;
      }
    }
  }
}
name();
new MutationObserver(name).observe(place, { childList: true, subtree: true });

// A node of the graph in an answer leads to its page on this server, not to the address that its IRI has in the world.
place.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !link.href.startsWith(place.dataset.home) || link.href.includes("#")) return;
  event.preventDefault();
  location.assign(place.dataset.prefix + link.href.slice(place.dataset.home.length));
}, true);
