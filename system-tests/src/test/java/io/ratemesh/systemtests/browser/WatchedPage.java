package io.ratemesh.systemtests.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.ratemesh.systemtests.process.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser profile of its own, and everything it did that it should not have done. */
public class WatchedPage implements AutoCloseable {

    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Runs before the page: records what only a script in the page can observe. */
    private static final String WATCH = """
            window.longTasks = [];
            window.layoutShifts = [];
            window.policyViolations = [];
            new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
              .observe({ type: "longtask", buffered: true });
            {
              const box = ({ x, y, width, height }) => [x, y, width, height].map((each) => each.toFixed(1)).join(" ");
              const name = (node) => !node ? "(removed)" : node.nodeType === Node.TEXT_NODE
                ? `"${node.data}" in ${name(node.parentElement)}`
                : [node.localName + (node.id && `#${node.id}`), ...node.classList].join(".");
              const describe = ({ value, sources }) => `${value}: ` + sources.map(({ node, previousRect, currentRect }) =>
                `${name(node)} from ${box(previousRect)} to ${box(currentRect)}`).join(", ");
              new PerformanceObserver((list) => window.layoutShifts.push(
                ...list.getEntries().map((shift) => ({ value: shift.value, description: describe(shift) }))))
                .observe({ type: "layout-shift", buffered: true });
            }
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

    public final Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
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

    /** How far the page's parts have moved by themselves, in all. */
    public double layoutShift() {
        return ((Number) page.evaluate("window.layoutShifts.reduce((sum, shift) => sum + shift.value, 0)"))
                .doubleValue();
    }

    /** What has moved by itself up to the last frame: how far, which elements, and where from and to (x, y, width, height). */
    public List<String> layoutShifts() {
        // A shift is found when a frame is made, and reported in a task after it.
        page.evaluate(
                "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        return ((List<?>) page.evaluate("window.layoutShifts.map((shift) => shift.description)"))
                .stream().map(String::valueOf).toList();
    }

    /** How many pixels the page is wider than the window. */
    public int overflow() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /**
     * Serves the page as it is shown without JavaScript: no scripts, the content of noscript, and its style. Axe is a script, so it
     * cannot see a page without JavaScript.
     */
    public void serveWithoutScripts(String url) {
        page.route(url, route -> {
            String shown = route.fetch()
                    .text()
                    .replaceAll("<script[^>]*></script>", "")
                    .replace("noscript>", "div>");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/html; charset=utf-8")
                    .setBody(shown));
        });
        page.route("**/*.css", route -> {
            String style = route.fetch().text().replace("(scripting: none)", "all");
            route.fulfill(new Route.FulfillOptions().setContentType("text/css").setBody(style));
        });
    }

    /** What violates WCAG 2.2 AA, as far as axe finds it. */
    public List<String> barriers() {
        return barriers(new AxeBuilder(page));
    }

    /** As {@link #barriers()}, without the elements of a selector. */
    public List<String> barriersOutside(String selector) {
        return barriers(new AxeBuilder(page).exclude(selector));
    }

    private static List<String> barriers(AxeBuilder axe) {
        return axe.withTags(WCAG).analyze().getViolations().stream()
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
