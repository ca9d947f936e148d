// Tells the portal the browser's time zone, by a cookie that a person's own pages read while they have chosen none.
// Where the page asks for it, the page that was meant comes then.
// Offers it, too, where a list has it and something else is chosen.
(() => {
  const offer = document.getElementById("zone-suggestion");
  const list = offer && document.getElementById(offer.dataset.zoneOf);
  // Some browsers still say a former name.
  const named = { "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Rangoon": "Asia/Yangon", "Europe/Kiev": "Europe/Kyiv" };
  const said = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = named[said] || said;
  const isKnown = document.cookie.split("; ").includes(`time_zone=${zone}`);
  if (zone) document.cookie = `time_zone=${zone}; path=/; max-age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  const question = document.getElementById("zone-question");
  if (question) {
    // Asked although it was said: the portal does not know this zone, so the person chooses.
    if (!isKnown && document.cookie.includes("time_zone=")) location.reload();
    return;
  }
  const option = list && [...list.options].find((one) => one.value === zone);
  if (!option) return;
  const show = () => { offer.hidden = list.value === zone; };
  offer.querySelector("strong").textContent = option.text;
  offer.querySelector("button").addEventListener("click", () => { list.value = zone; show(); list.focus(); });
  list.addEventListener("change", show);
  show();
})();
