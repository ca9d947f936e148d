// Counts on what the clock has run, beside the button that stops it. Without this script the page says since when it runs.
"use strict";

document.querySelectorAll("[data-clock]").forEach((place) => {
  const before = Number(place.dataset.clock);
  const opened = Date.now();
  const two = (number) => String(number).padStart(2, "0");
  const show = () => {
    const seconds = Math.max(0, before + Math.floor((Date.now() - opened) / 1000));
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    place.textContent = `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
  };
  show();
  place.hidden = false;
  setInterval(show, 1000);
});
