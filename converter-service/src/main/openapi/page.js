
const MAX_EVENTS = 50;
const SHOWN_FIELDS = ["content-type", "etag", "cache-control", "retry-after", "allow", "x-served-by"];

document.documentElement.classList.add("scripted");
for (const form of document.querySelectorAll("form.try")) {
  const send = form.dataset.stream === undefined ? fetchOnce : openStream;
  form.addEventListener("input", () => showCommand(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  showCommand(form);
}

/** The request of a form, without its empty fields: the service rejects them. */
function requestOf(form) {
  let path = form.dataset.path;
  const query = [];
  const headers = {};
  for (const field of form.querySelectorAll("[data-in]")) {
    const value = field.value.trim();
    if (field.dataset.in === "path") {
      path = path.replace(`{${field.name}}`, encodeURIComponent(value));
    } else if (value !== "" && field.dataset.in === "header") {
      headers[field.name] = value;
    } else if (value !== "") {
      query.push(`${field.name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
    }
  }
  const body = form.elements.body?.value;
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  return { method: form.dataset.method, target: query.length ? `${path}?${query.join("&")}` : path, headers, body };
}

function showCommand(form) {
  const { method, target, headers, body } = requestOf(form);
  const quoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;
  const words = [form.dataset.stream === undefined ? "curl -s" : "curl -sN --max-time 5"];
  if (body !== undefined) {
    words.push("-X", method);
  }
  for (const [name, value] of Object.entries(headers)) {
    words.push("-H", quoted(`${name}: ${value}`));
  }
  if (body !== undefined) {
    words.push("-d", quoted(body));
  }
  words.push(quoted(location.origin + target));
  form.querySelector(".curl code").textContent = words.join(" ");
}

async function fetchOnce(form) {
  const { method, target, headers, body } = requestOf(form);
  const turn = (form.turn = (form.turn ?? 0) + 1);
  const started = performance.now();
  try {
    const response = await fetch(target, { method, headers, body, cache: "no-store" });
    const text = await response.text();
    if (turn !== form.turn) {
      return;
    }
    const millis = Math.round(performance.now() - started);
    outcome(form, `${response.status} ${response.statusText} in ${millis} ms`, !response.ok && response.status !== 304);
    const fields = SHOWN_FIELDS.filter((name) => response.headers.has(name));
    const head = fields.map((name) => `${name}: ${response.headers.get(name)}`).join("\n");
    showResponse(form, `${head}\n\n${pretty(text)}`);
  } catch (failure) {
    outcome(form, `No response: ${failure.message}`, true);
  }
}

function openStream(form) {
  form.source?.close();
  const { target } = requestOf(form);
  const stop = form.querySelector(".stop");
  const events = [];
  const source = (form.source = new EventSource(target));
  const end = (text, failed) => {
    source.close();
    stop.disabled = true;
    outcome(form, text, failed);
  };
  stop.disabled = false;
  stop.onclick = () => {
    end("Stopped", false);
    form.querySelector("[type=submit]").focus();
  };
  outcome(form, "Connecting", false);
  source.addEventListener("open", () => outcome(form, "Connected", false));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) {
      end("The stream was rejected", true);
    } else {
      outcome(form, "Connection lost, reconnecting", true);
    }
  });
  for (const type of ["snapshot", "rates", "resync"]) {
    source.addEventListener(type, ({ lastEventId, data }) => {
      events.unshift(`id: ${lastEventId}\nevent: ${type}\ndata: ${data}`);
      events.length = Math.min(events.length, MAX_EVENTS);
      showResponse(form, events.join("\n\n"));
    });
  }
}

function outcome(form, text, failed) {
  const line = form.querySelector(".outcome");
  line.textContent = text;
  line.toggleAttribute("data-failed", failed);
}

function showResponse(form, text) {
  const box = form.querySelector(".response");
  box.textContent = text;
  box.hidden = false;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
