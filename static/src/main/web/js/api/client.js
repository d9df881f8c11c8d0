/** Statuses of temporary failures: too many requests, bad gateway, service unavailable, gateway timeout. */
const TEMPORARY = [429, 502, 503, 504];

/** Why a request failed. */
export class Failure extends Error {
  /** The stable code of the API's problem (RFC 9457), `unreachable`, or `status`. */
  code;
  /** Whether a later request may succeed. */
  temporary;
  /** Seconds to wait before it; undefined if the server said nothing. */
  retryAfter;

  constructor(code, message, temporary, retryAfter) {
    super(message);
    this.code = code;
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
      return { body: await response.json(), servedBy: response.headers.get("X-Served-By") ?? undefined };
    }
  } catch (reason) {
    throw new Failure("unreachable", String(reason), true);
  }
  const problem = await response.json().catch(() => ({}));
  throw new Failure(
    problem.code ?? "status",
    problem.detail ?? String(response.status),
    TEMPORARY.includes(response.status),
    Number(response.headers.get("Retry-After")) || undefined,
  );
}
