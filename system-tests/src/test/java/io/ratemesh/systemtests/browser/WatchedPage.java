package io.ratemesh.systemtests.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.ratemesh.systemtests.process.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser profile of its own, and everything it did that it should not have done. */
public final class WatchedPage implements AutoCloseable {

    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Runs before the page: records what only a script in the page can observe. */
    private static final String WATCH = """
            window.longTasks = [];
            window.policyViolations = [];
            new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
              .observe({ type: "longtask", buffered: true });
            document.addEventListener("securitypolicyviolation", (event) =>
              window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
            """;

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreignRequests = new ArrayList<>();

    /** Opens an empty page. */
    public WatchedPage(BrowserContext context, URI origin) {
        this.context = context;
        context.addInitScript(WATCH);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
                foreignRequests.add(request.url());
            }
        });
    }

    public Page page() {
        return page;
    }

    /** Errors and warnings on the console, and uncaught exceptions. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Requests to another origin. */
    public List<String> foreignRequests() {
        return List.copyOf(foreignRequests);
    }

    /** The violations of the content security policy. */
    public List<?> policyViolations() {
        return (List<?>) page.evaluate("window.policyViolations");
    }

    /** Milliseconds of each task since the last call that took more than 50 ms. */
    public List<?> longTasks() {
        return (List<?>) page.evaluate("window.longTasks.splice(0)");
    }

    /** How many pixels the page is wider than the window. */
    public int overflow() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** What violates WCAG 2.2 AA, as far as axe finds it. */
    public List<String> barriers() {
        return new AxeBuilder(page)
                .withTags(WCAG).analyze().getViolations().stream()
                        .map(WatchedPage::readable)
                        .toList();
    }

    /** Keeps what it looks like in {@code target/screenshots}. */
    public void screenshot(String name) {
        Path file = Workspace.target().resolve("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }

    private static String readable(Rule rule) {
        return rule.getId() + " (" + rule.getHelp() + "): "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getTarget()))
                        .toList();
    }
}
