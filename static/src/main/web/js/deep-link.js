const CODE = /^[A-Za-z]{3}$/;

/** `{ from, to, amount }` of an address; what it does not say, or says wrongly, is undefined. */
export function readLink(search) {
  const query = new URLSearchParams(search);
  const code = (name) => (CODE.test(query.get(name) ?? "") ? query.get(name).toUpperCase() : undefined);
  return { from: code("from"), to: code("to"), amount: query.get("amount") ?? undefined };
}

/** The query that leads back to a conversion. */
export function writeLink({ from, to, amount }) {
  return `?${new URLSearchParams({ from, to, amount })}`;
}
