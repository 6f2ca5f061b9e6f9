// What every page does. Pages work without it, except for live changes.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  const csrf = document.querySelector('meta[name="csrf"]').content;
  if (csrf) {
    event.detail.headers["X-CSRF-TOKEN"] = csrf;
  }
});
