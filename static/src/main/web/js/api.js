/** Statuses of temporary failures: too many requests, bad gateway, service unavailable, gateway timeout. */
const TEMPORARY = [429, 502, 503, 504];

/** Why a request failed; the message is for the user. */
export class Failure extends Error {
  /** Whether a later request may succeed. */
  temporary;
  /** Seconds to wait before it, if the server sent Retry-After. */
  retryAfter;

  constructor(message, temporary, retryAfter) {
    super(message);
    this.temporary = temporary;
    this.retryAfter = retryAfter;
  }
}

/** Returns `{ body, servedBy }` of a JSON response; throws a Failure. */
export async function getJson(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters).toString();
  let response;
  try {
    response = await fetch(query === "" ? path : `${path}?${query}`, { signal, headers: { Accept: "application/json" } });
    if (response.ok) {
      return { body: await response.json(), servedBy: response.headers.get("X-Served-By") };
    }
  } catch {
    throw new Failure("The server cannot be reached. Trying again…", true);
  }
  throw new Failure(
    await messageOf(response),
    TEMPORARY.includes(response.status),
    Number(response.headers.get("Retry-After")) || undefined,
  );
}

/** Title and detail of a problem (RFC 9457), or a general message. */
async function messageOf(response) {
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    const { title, detail } = await response.json().catch(() => ({}));
    const sentences = [title, detail].filter(Boolean).map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`));
    if (sentences.length > 0) {
      return sentences.join(" ");
    }
  }
  return `The request failed (status ${response.status}).`;
}
