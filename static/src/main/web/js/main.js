import { effect, untracked } from "../vendor/signals-core/signals-core.js";
import { announce } from "./components/announcer.js";
import { converterForm } from "./components/converter-form.js";
import { failureText } from "./components/failure-text.js";
import { footer, loadVersion } from "./components/footer.js";
import { masthead } from "./components/masthead.js";
import { mount } from "./components/mount.js";
import { ticker } from "./components/ticker.js";
import { nextTask } from "./next-task.js";
import { FIRST_FORMATS, rate } from "./numbers/format.js";
import { installOffline } from "./offline/install.js";
import { mountPanels } from "./panels.js";
import { startClock } from "./state/clock.js";
import { asked, failure, from, quote, sentence, startConversions, to, type } from "./state/conversion.js";
import { loadCurrencies } from "./state/currencies.js";
import { loadLanguage, t } from "./state/language.js";
import { startLink } from "./state/link.js";
import { liveState } from "./state/live-state.js";
import { startRates } from "./state/rates.js";
import { startTheme } from "./state/theme.js";

const VIEWS = { masthead, ticker, footer };

/** Replaces the form that works without script, and keeps what the reader has typed into it meanwhile. */
function mountForm() {
  const field = document.getElementById("amount");
  const focused = document.activeElement === field;
  if (field.value !== field.defaultValue) {
    type("from", field.value);
  }
  mount("converter", converterForm);
  if (focused) {
    const replaced = document.getElementById("amount");
    replaced.focus();
    replaced.setSelectionRange(replaced.value.length, replaced.value.length);
  }
}

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
await loadLanguage();
for (const makeFormat of FIRST_FORMATS) {
  await nextTask();
  makeFormat();
}
await nextTask();
startLink();
await nextTask();
startConversions();
await nextTask();
mountForm();
for (const [id, view] of Object.entries(VIEWS)) {
  await nextTask();
  mount(id, view);
}
await nextTask();
startClock();
announceResults();
titlePage();
await nextTask();
loadCurrencies();
loadVersion();
await mountPanels();
installOffline();
