// Holds a running Ratemesh against clients that were not written for it. RATEMESH is its address.
import assert from 'node:assert/strict';
import net from 'node:net';
import test from 'node:test';
import { EventSource } from 'eventsource';
import { getHistoricalRatesForDate, getLatestRates, getSupportedCurrencies, getTimeSeriesRates } from 'frankfurter-api-client';
import { FrankfurterClient } from './frankfurter.mjs';

const base = process.env.RATEMESH ?? 'http://localhost:8080';
const client = new FrankfurterClient(`${base}/v1`);

const event = (source, name) =>
  new Promise((resolve, reject) => {
    source.addEventListener(name, resolve, { once: true });
    source.addEventListener('error', ({ message, code }) => reject(new Error(`${code}: ${message}`)), { once: true });
  });

test('the package eventsource is sent a snapshot with the id of its book', { timeout: 20_000 }, async () => {
  const source = new EventSource(`${base}/api/v1/stream?pairs=EUR/USD`);
  try {
    const { data, lastEventId } = await event(source, 'snapshot');
    const { version, rates } = JSON.parse(data);
    assert.equal(lastEventId, String(version));
    assert.match(rates['EUR/USD'].rate, /^[0-9]+\.[0-9]+$/);
  } finally {
    source.close();
  }
});

test('the package eventsource comes back by itself with the last id it heard of', { timeout: 30_000 }, async () => {
  const asked = [];
  const open = new Set();
  // A wire that can be cut: what passes is not looked at but for the head of a request.
  const wire = net.createServer((near) => {
    const { hostname, port } = new URL(base);
    const far = net.connect(Number(port || 80), hostname);
    near.once('data', (head) => asked.push(/last-event-id: *(\S+)/i.exec(head.toString())?.[1]));
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      open.add(end);
      end.on('error', () => {}).on('close', () => open.delete(end));
    }
  });
  await new Promise((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const source = new EventSource(`http://127.0.0.1:${wire.address().port}/api/v1/stream?pairs=EUR/USD`);
  try {
    const { lastEventId } = await event(source, 'snapshot');
    const again = new Promise((resolve) => source.addEventListener('open', resolve, { once: true }));
    open.forEach((end) => end.destroy());
    await again;
    assert.deepEqual(asked, [undefined, lastEventId]);
  } finally {
    source.close();
    open.forEach((end) => end.destroy());
    wire.close();
  }
});

test('a stream of a pair that does not exist is an error with its status, and is not tried again', async () => {
  const source = new EventSource(`${base}/api/v1/stream?pairs=EUR/ZZZ`);
  await assert.rejects(event(source, 'snapshot'), /400/);
  assert.equal(source.readyState, EventSource.CLOSED);
});

// The package has its base URL built in and takes no other: what it fetches is fetched from here instead.
async function redirected(call) {
  const { fetch } = globalThis;
  globalThis.fetch = (url, options) => {
    assert.ok(url.startsWith('https://api.frankfurter.dev/v1/'), url);
    return fetch(url.replace('https://api.frankfurter.dev', base), options);
  };
  try {
    return await call();
  } finally {
    globalThis.fetch = fetch;
  }
}

test('the package frankfurter-api-client reads the latest rates', async () => {
  const { base: of, rates } = await redirected(() => getLatestRates({ base: 'USD', symbols: ['EUR', 'GBP'] }));
  assert.equal(of, 'USD');
  assert.deepEqual(Object.keys(rates), ['EUR', 'GBP']);
  assert.ok(rates.EUR > 0.1 && rates.EUR < 10);
});

test('the package frankfurter-api-client reads a past day', async () => {
  const period = { year: 2022, month: 3, date: 6 };
  assert.deepEqual(await redirected(() => getHistoricalRatesForDate({ base: 'USD', symbols: ['EUR', 'JPY'], period })), {
    amount: 1,
    base: 'USD',
    date: '2022-03-04',
    rates: { EUR: 0.915, JPY: 115.45 },
  });
});

test('the package frankfurter-api-client reads a range of days', async () => {
  const start = { year: 2022, month: 2, date: 24 };
  const end = { year: 2022, month: 3, date: 1 };
  const answer = await redirected(() => getTimeSeriesRates({ base: 'EUR', symbols: ['USD'], start, end }));
  assert.equal(answer.start_date, '2022-02-24');
  assert.equal(answer.end_date, '2022-03-01');
  assert.deepEqual(Object.keys(answer.rates), ['2022-02-24', '2022-02-25', '2022-02-28', '2022-03-01']);
});

test('the package frankfurter-api-client reads the currencies', async () => {
  const currencies = await redirected(() => getSupportedCurrencies());
  assert.equal(currencies.USD, 'United States Dollar');
});

test('the latest rates are numbers against the euro', async () => {
  const { amount, base: of, date, rates } = await client.latest();
  assert.equal(amount, 1);
  assert.equal(of, 'EUR');
  assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
  assert.equal(typeof rates.USD, 'number');
  assert.equal(rates.EUR, undefined);
});

test('a Sunday is answered with the Friday before', async () => {
  assert.deepEqual(await client.on('2022-03-06', { from: 'USD', to: 'EUR,JPY', amount: '10' }), {
    amount: 10,
    base: 'USD',
    date: '2022-03-04',
    rates: { EUR: 9.15, JPY: 1154.45 },
  });
});

test('a range begins with the last working day before it', async () => {
  const { start_date: first, end_date: last, rates } = await client.between('2000-01-01', '2000-12-31', { symbols: 'USD' });
  assert.equal(first, '1999-12-30');
  assert.equal(last, '2000-12-29');
  assert.equal(Object.keys(rates)[0], first);
});

test('an open range ends with the latest day', async () => {
  const { date } = await client.latest();
  assert.equal((await client.between('2026-01-01', undefined, { symbols: 'USD' })).end_date, date);
});

test('the currencies have their names', async () => {
  const names = await client.currencies();
  assert.equal(names.USD, 'United States Dollar');
  assert.ok(names.EUR);
});

test('an amount is converted', async () => {
  const { rates } = await client.latest({ base: 'GBP', symbols: 'USD' });
  assert.equal(await client.convert('GBP', 'USD', 10), (10 * rates.USD).toFixed(2));
});

test('what is not found and what does not read is told as they expect it', async () => {
  await assert.rejects(client.latest({ symbols: 'XXX' }), { message: 'not found', status: 404 });
  await assert.rejects(client.on('2022-02-30'), { message: 'invalid date', status: 422 });
});
