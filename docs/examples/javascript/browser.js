// For a page of any origin: plain fetch and EventSource. Results are decimal strings: show them as they are.

async function convert(base, from, to, amount) {
  const answer = await fetch(`${base}/api/v1/convert?${new URLSearchParams({ from, to, amount })}`);
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(`${body.code}: ${body.detail}`);
  }
  return `${body.amount} ${body.from} = ${body.result} ${body.to} (${body.sources.join(', ')}, ${body.asOf})`;
}

// Calls show(type, pair, rate) for each rate; the browser reconnects by itself and is told exactly what it missed.
function follow(base, pairs, show) {
  const stream = new EventSource(`${base}/api/v1/stream?pairs=${pairs.join(',')}`);
  const each = ({ data, type }) => {
    for (const [pair, rate] of Object.entries(JSON.parse(data).rates)) {
      show(type, pair, rate === null ? null : rate.rate);
    }
  };
  stream.addEventListener('snapshot', each);
  stream.addEventListener('rates', each);
  return stream;
}
