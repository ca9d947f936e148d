// Offers the browser's time zone where the list has it and something else is chosen.
(() => {
  const offer = document.getElementById("zone-suggestion");
  const list = offer && document.getElementById(offer.dataset.zoneOf);
  // Some browsers still say a former name.
  const named = { "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Rangoon": "Asia/Yangon", "Europe/Kiev": "Europe/Kyiv" };
  const said = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = named[said] || said;
  const option = list && [...list.options].find((one) => one.value === zone);
  if (!option) return;
  const show = () => { offer.hidden = list.value === zone; };
  offer.querySelector("strong").textContent = option.text;
  offer.querySelector("button").addEventListener("click", () => { list.value = zone; show(); list.focus(); });
  list.addEventListener("change", show);
  show();
})();
