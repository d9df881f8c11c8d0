import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { signal } from "../../vendor/signals-core/signals-core.js";
import { getJson } from "../api/client.js";
import { t } from "../state/language.js";
import { sources } from "../state/rates.js";
import { sourceNames } from "./source-names.js";

const LICENCES = new URL("../../vendor/licences.txt", import.meta.url).pathname;
/** Feeds whose terms ask for a link. */
const LINKS = { "open-er-api": "https://www.exchangerate-api.com", ecb: "https://www.ecb.europa.eu" };

const version = signal("");

/** Whose rates these are, and what the page is made of. */
export function footer() {
  return html`<p>${t("footer-sources")}: ${sources.value.length === 0 ? "–" : sources.value.map((name, index) => html`${index > 0 ? ", " : ""}${source(name)}`)}. ${t("footer-reference")}</p>
    <p><a href="/api/">${t("footer-api")}</a> · <a href=${LICENCES}>${t("footer-licence")}</a>${version.value ? html` · <span id="version">Ratemesh ${version.value}</span>` : nothing}</p>`;
}

function source(name) {
  return LINKS[name] ? html`<a href=${LINKS[name]} rel="external noreferrer">${sourceNames([name])}</a>` : sourceNames([name]);
}

/** Shows the version of the nodes. */
export async function loadVersion() {
  const { body } = await getJson("/api/v1/status").catch(() => ({ body: { nodes: [] } }));
  version.value = body.nodes[0]?.build ?? "";
}
