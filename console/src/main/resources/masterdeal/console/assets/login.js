// A one-time link has its secret after the #, which browsers send to no server. It is moved into the form, and out of the address.
"use strict";

function readLink() {
  const found = /^#link=([A-Za-z0-9_-]{20,100})$/.exec(location.hash);
  if (!found) {
    return;
  }
  const form = document.getElementById("by-link");
  form.elements.token.value = found[1];
  form.hidden = false;
  document.getElementById("by-other").hidden = true;
  document.getElementById("no-key").hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.name.focus();
}

readLink();
// A link may be pasted into a tab that shows the login already.
window.addEventListener("hashchange", readLink);
