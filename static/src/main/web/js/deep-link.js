const CODE = /^[A-Za-z]{3}$/;

/** Returns `{ from, to, amount }` of a query; missing or invalid values are undefined. */
export function readLink(search) {
  const query = new URLSearchParams(search);
  const code = (name) => (CODE.test(query.get(name) ?? "") ? query.get(name).toUpperCase() : undefined);
  return { from: code("from"), to: code("to"), amount: query.get("amount") ?? undefined };
}

/** Returns the query that restores a conversion. */
export function writeLink({ from, to, amount }) {
  return `?${new URLSearchParams({ from, to, amount })}`;
}
