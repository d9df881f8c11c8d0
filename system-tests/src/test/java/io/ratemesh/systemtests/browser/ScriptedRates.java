package io.ratemesh.systemtests.browser;

import com.microsoft.playwright.Page;

/**
 * Rates that a test decides on, in place of those of the cluster: its page gets an {@code EventSource} of the test. The
 * first one opens at once, with a snapshot; later ones never open.
 */
public final class ScriptedRates {

    private static final String SCRIPT = """
            window.streams = [];
            window.ratesOf = (version, perEuro) => ({ version, rates: Object.fromEntries(Object.entries(perEuro).map(([code, rate]) =>
              [`EUR/${code}`, { rate, asOf: new Date(Date.now() - 1000).toISOString(), source: "ecb", stale: false }])) });
            window.EventSource = class extends EventTarget {
              static CLOSED = 2;
              readyState = 1;
              constructor() {
                super();
                window.streams.push(this);
                if (window.streams.length === 1) {
                  queueMicrotask(() => {
                    this.dispatchEvent(new Event("open"));
                    this.receive("snapshot", ratesOf(VERSION, { USD: "1.1", JPY: "160.4", KWD: "0.3521" }));
                  });
                }
              }
              receive(type, book) {
                this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(book) }));
              }
              close() {
                this.readyState = 2;
              }
            };
            """;

    private ScriptedRates() {}

    /** Has the page begin with live rates per euro: USD 1.1, JPY 160.4, KWD 0.3521, one second old and newer than the cluster's. */
    public static void newest(Page page) {
        page.addInitScript(SCRIPT.replace("VERSION", "9e15"));
    }

    /** As {@link #newest}, but the cluster has newer ones. */
    public static void outdated(Page page) {
        page.addInitScript(SCRIPT.replace("VERSION", "1"));
    }

    /** A new rate of the dollar. */
    public static void tick(Page page, String dollarsPerEuro) {
        page.evaluate("rate => streams.at(-1).receive('rates', ratesOf(9.1e15, { USD: rate }))", dollarsPerEuro);
    }

    /**
     * New rates of all three currencies, ten times a second.
     *
     * @return the mean milliseconds that the page's scripts took for each
     */
    public static double tickTenTimesASecond(Page page, int ticks) {
        return ((Number) page.evaluate("""
                        (ticks) => new Promise((done) => {
                          let sent = 0;
                          let millis = 0;
                          const around = (rate) => (rate * (0.98 + 0.04 * Math.random())).toFixed(4);
                          const ticking = setInterval(() => {
                            const book = ratesOf(9e15 + ++sent, { USD: around(1.03), JPY: around(104), KWD: around(0.3521) });
                            const before = performance.now();
                            streams.at(-1).receive("rates", book);
                            millis += performance.now() - before;
                            if (sent === ticks) {
                              clearInterval(ticking);
                              done(millis / ticks);
                            }
                          }, 100);
                        })
                        """, ticks)).doubleValue();
    }

    /** How many streams the page has opened. */
    public static int streams(Page page) {
        return (int) page.evaluate("streams.length");
    }
}
