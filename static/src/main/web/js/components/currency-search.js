import { countryName, currencyName, sign } from "../numbers/format.js";

/** The countries of currencies that several use. The code of another currency begins with that of its country. */
const COUNTRIES = {
  EUR: "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC ME SM VA",
  USD: "US EC SV PA PR GU",
  GBP: "GB IM JE GG",
  CHF: "CH LI",
  AUD: "AU KI NR TV",
  NZD: "NZ CK NU",
  DKK: "DK FO GL",
  XOF: "BJ BF CI GW ML NE SN TG",
  XAF: "CM CF TD CG GQ GA",
  XCD: "AG DM GD KN LC VC AI MS",
  XPF: "PF NC WF",
};

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function countries(code) {
  return (COUNTRIES[code] ?? (code.startsWith("X") ? "" : code.slice(0, 2))).split(" ").filter(Boolean).map(countryName);
}

/** How well a currency matches, 0 best; undefined if it does not. */
function distance(code, query) {
  const name = folded(currencyName(code));
  const matches = [
    () => folded(code).startsWith(query) || folded(sign(code)) === query,
    () => name.split(/\s/).some((word) => word.startsWith(query)),
    () => name.includes(query),
    () => countries(code).some((country) => folded(country).split(/\s/).some((word) => word.startsWith(query))),
  ];
  const found = matches.findIndex((matched) => matched());
  return found < 0 ? undefined : found;
}

/** The currencies that match a query by code, sign, name or country, best first and otherwise in the given order. */
export function search(codes, query) {
  const wanted = folded(query.trim());
  if (wanted === "") {
    return codes;
  }
  return codes
    .map((code) => ({ code, distance: distance(code, wanted) }))
    .filter((each) => each.distance !== undefined)
    .sort((a, b) => a.distance - b.distance)
    .map((each) => each.code);
}
