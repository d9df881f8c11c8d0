import { effect, untracked } from "../vendor/signals-core/signals-core.js";
import { announce } from "./components/announcer.js";
import { converterForm } from "./components/converter-form.js";
import { failureText } from "./components/failure-text.js";
import { footer, loadVersion } from "./components/footer.js";
import { masthead } from "./components/masthead.js";
import { mount } from "./components/mount.js";
import { ticker } from "./components/ticker.js";
import { rate } from "./numbers/format.js";
import { installOffline } from "./offline/install.js";
import { startClock } from "./state/clock.js";
import { asked, failure, from, quote, sentence, startConversions, to } from "./state/conversion.js";
import { loadCurrencies } from "./state/currencies.js";
import { loadLanguage, t } from "./state/language.js";
import { startLink } from "./state/link.js";
import { liveState } from "./state/live-state.js";
import { startRates } from "./state/rates.js";
import { startTheme } from "./state/theme.js";

const VIEWS = { masthead, ticker, converter: converterForm, footer };

/** Results that the reader asked for and changes of the state are announced, ticks are not. */
function announceResults() {
  effect(() => {
    if (asked.value > 0) {
      announce(sentence.peek() ?? (failure.peek() ? untracked(failureText) : ""));
    }
  });
  let before;
  effect(() => {
    const state = liveState.value;
    if (before !== undefined && state !== "connecting" && before !== "connecting") {
      announce(`${t(`state-${state}`)}. ${t(`state-${state}-means`)}`);
    }
    before = state;
  });
}

function titlePage() {
  effect(() => {
    document.title = quote.value
      ? `${rate(quote.value.rate)} ${from.value}/${to.value} – Ratemesh`
      : `${t("title")} – Ratemesh`;
  });
}

startTheme();
startRates();
loadCurrencies();
await loadLanguage();
startLink();
startConversions();
for (const [id, view] of Object.entries(VIEWS)) {
  mount(id, view);
}
document.documentElement.dataset.ready = "";
startClock();
announceResults();
titlePage();
loadVersion();
// What the first view can do without.
const { mountPanels } = await import("./panels.js");
mountPanels();
installOffline();
