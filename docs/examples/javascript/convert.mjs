// Converts an amount with fetch. Results are decimal strings: show them, or hand them to a decimal library.
const base = process.env.RATEMESH ?? 'http://localhost:8080';

const query = new URLSearchParams({ from: 'USD', to: 'JPY', amount: '250.75' });
const answer = await fetch(`${base}/api/v1/convert?${query}`);
const body = await answer.json();
if (!answer.ok) {
  throw new Error(`${body.code}: ${body.detail}`);
}
console.log(`${body.amount} ${body.from} = ${body.result} ${body.to} (${body.sources.join(', ')}, ${body.asOf})`);
