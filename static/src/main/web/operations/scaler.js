import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { confirm } from "./confirmation.js";
import { counted, dayAndClock, roughDuration, whole } from "./format.js";
import { notify } from "./notices.js";
import { orderScale } from "./orders.js";
import { mayChange, stats } from "./state.js";

const MODES = {
  off: "Off",
  auto: "Automatic",
  manual: "Manual",
  "dry-run": "Dry run",
};

/** The scaler: what it wants and why, and orders to it. */
export function scaler() {
  const status = stats.value.scaler;
  return html`<div class="panel-head">
      <h2 id="scaler-title">Scaler</h2>
      <span class="tag" data-mode=${status.mode}>${MODES[status.mode] ?? status.mode}</span>
    </div>
    ${status.current == null
      ? nothing
      : html`<p class="target">
          <strong>${whole(status.current)}</strong> ${status.current === 1 ? "converter" : "converters"}
          <span>target <strong>${whole(status.desired)}</strong></span>
          <span>${status.min} to ${status.max} allowed</span>
        </p>`}
    ${mayChange ? controls(status) : nothing}
    ${status.current == null && status.unavailable ? nothing : html`<p class="reason">${status.reason}</p>`}
    <dl class="pairs">
      ${pair("Starting", status.pending, whole)} ${pair("Draining", status.draining, whole)}
      ${pair("Requests in flight", status.requestsInFlight, (value) => `${whole(value)}, target ${status.targetInFlight} each`)}
      ${pair("CPU per converter", status.cpuPercent, (value) => `${value} %, target ${status.targetCpuPercent} %`)}
      ${pair("Cooldown", status.upCooldownMillis, () => cooldown(status))}
      ${pair("Last decision", status.lastDecision, (value) => `${value} (${dayAndClock(status.lastDecisionAt)})`)}
      ${pair("Scales", status.acting, (value) => (status.launcher ? value : `${value}, advisory only`))}
    </dl>`;
}

function controls(status) {
  const { unavailable } = status;
  const wanted = status.mode === "off" ? status.current : (status.desired ?? status.current);
  const blocked = Boolean(unavailable);
  return html`<div class="controls">
      <button type="button" ?disabled=${blocked || wanted <= status.min} @click=${() => remove(wanted)}>
        <span aria-hidden="true">−</span> Remove converter
      </button>
      <button type="button" ?disabled=${blocked || wanted >= status.max} @click=${() => order({ converters: wanted + 1 })}>
        <span aria-hidden="true">+</span> Add converter
      </button>
      <button
        type="button"
        role="switch"
        aria-checked=${status.mode === "auto" ? "true" : "false"}
        ?disabled=${blocked}
        @click=${() => order({ auto: status.mode !== "auto" })}
      >
        Automatic
      </button>
    </div>
    ${blocked ? html`<p class="hint">${unavailable}</p>` : nothing}`;
}

async function remove(wanted) {
  const confirmed = await confirm({
    title: "Remove a converter?",
    text: `The youngest converter is drained and exits; ${counted(wanted - 1, "converter")} remain. No request fails.`,
    action: "Remove converter",
  });
  if (confirmed) {
    await order({ converters: wanted - 1 });
  }
}

async function order(wanted) {
  try {
    await orderScale(wanted);
    notify(
      "auto" in wanted
        ? `Automatic scaling is ${wanted.auto ? "on" : "off"}.`
        : `${counted(wanted.converters, "converter")} ordered.`,
    );
  } catch (error) {
    notify(error.message, { failure: true });
  }
}

function cooldown({ upCooldownMillis, downCooldownMillis }) {
  const left = (millis) => (millis > 0 ? roughDuration(millis / 1000) : "none");
  return `${left(upCooldownMillis)} before adding, ${left(downCooldownMillis)} before removing`;
}

function pair(title, value, text) {
  return value == null ? nothing : html`<div><dt>${title}</dt><dd>${text(value)}</dd></div>`;
}
