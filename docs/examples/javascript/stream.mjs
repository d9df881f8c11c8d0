// Follows two pairs. EventSource comes back by itself and is told exactly what it missed.
import { EventSource } from 'eventsource';

const base = process.env.RATEMESH ?? 'http://localhost:8080';
const stream = new EventSource(`${base}/api/v1/stream?pairs=EUR/USD,USD/JPY`);
const show = ({ data, type }) => {
  for (const [pair, rate] of Object.entries(JSON.parse(data).rates)) {
    console.log(type, pair, rate === null ? 'has no rate any more' : rate.rate);
  }
};
stream.addEventListener('snapshot', show);
stream.addEventListener('rates', show);
stream.addEventListener('error', ({ message }) => console.error('reconnecting:', message ?? 'the stream ended'));
