/** Statuses of a server or a front door that will be well again: too many requests, bad gateway, not available, too slow. */
const PASSING = [429, 502, 503, 504];

/** Why there is no answer, in words for the reader. */
export class Failure extends Error {
  /** Whether asking again later may help. */
  passing;
  /** Seconds to wait before that, if the server said so. */
  retryAfter;

  constructor(message, passing, retryAfter) {
    super(message);
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}

/** `{ body, servedBy }` of a JSON answer; throws a Failure. */
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
    await words(response),
    PASSING.includes(response.status),
    Number(response.headers.get("Retry-After")) || undefined,
  );
}

/** RFC 9457: a title says what kind of problem it is, the detail what is wrong this time. */
async function words(response) {
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    const { title, detail } = await response.json().catch(() => ({}));
    const sentences = [title, detail].filter(Boolean).map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`));
    if (sentences.length > 0) {
      return sentences.join(" ");
    }
  }
  return `The server could not answer (status ${response.status}).`;
}
