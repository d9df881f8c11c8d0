// A client as Frankfurter's own guide has it: nothing in it knows of Ratemesh, it is given another base URL.
export class FrankfurterClient {
  constructor(base = 'https://api.frankfurter.dev/v1') {
    this.base = base;
  }

  async get(path, parameters = {}) {
    const answer = await fetch(`${this.base}/${path}?${new URLSearchParams(parameters)}`);
    const body = await answer.json();
    if (!answer.ok) {
      throw Object.assign(new Error(body.message), { status: answer.status });
    }
    return body;
  }

  latest(parameters) {
    return this.get('latest', parameters);
  }

  on(date, parameters) {
    return this.get(date, parameters);
  }

  between(first, last, parameters) {
    return this.get(`${first}..${last ?? ''}`, parameters);
  }

  currencies() {
    return this.get('currencies');
  }

  /** What `convert` of the guide does: the amount times the rate, rounded to cents. */
  async convert(from, to, amount) {
    const { rates } = await this.latest({ base: from, symbols: to });
    return (amount * rates[to]).toFixed(2);
  }
}
