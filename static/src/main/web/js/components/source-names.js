import { has, t } from "../state/language.js";

/** The names of feeds, joined. A feed that the page does not know has its own name. */
export function sourceNames(names) {
  return names.length === 0 ? "–" : names.map((name) => (has(`source-${name}`) ? t(`source-${name}`) : name)).join(", ");
}
