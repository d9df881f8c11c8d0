package io.ratemesh.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.ratemesh.systemtests.process.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The converter page in a browser profile of its own, and everything it did that it should not have done. */
public final class ConverterPage implements AutoCloseable {

    /** Runs before the page: records what only a script in the page can observe. */
    private static final String WATCH = """
            window.layoutShifts = [];
            window.policyViolations = [];
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

    private final URI origin;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreignRequests = new ArrayList<>();

    private ConverterPage(URI origin, BrowserContext context) {
        this.origin = origin;
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

    /** The browser of a visitor. */
    public record Visitor(int width, int height, ColorScheme colorScheme, String locale) {

        public static final Visitor AT_A_DESK = new Visitor(1280, 900, ColorScheme.LIGHT, "en-GB");
        public static final Visitor AT_A_DESK_IN_THE_DARK = new Visitor(1280, 900, ColorScheme.DARK, "en-GB");
        public static final Visitor WITH_A_TABLET = new Visitor(768, 1024, ColorScheme.LIGHT, "en-GB");
        public static final Visitor ON_A_PHONE = new Visitor(360, 740, ColorScheme.LIGHT, "en-GB");
        public static final Visitor ON_A_PHONE_IN_THE_DARK = new Visitor(360, 740, ColorScheme.DARK, "en-GB");

        /** A visitor at a desk with another language or country, such as {@code de-DE}. */
        public static Visitor of(String locale) {
            return new Visitor(1280, 900, ColorScheme.LIGHT, locale);
        }
    }

    /**
     * Opens it.
     *
     * @param link path and query
     */
    public static ConverterPage open(Browser browser, URI origin, String link, Visitor visitor) {
        BrowserContext context = browser.newContext(new NewContextOptions()
                .setLocale(visitor.locale())
                .setTimezoneId("Europe/Berlin")
                .setViewportSize(visitor.width(), visitor.height())
                .setColorScheme(visitor.colorScheme()));
        ConverterPage opened = new ConverterPage(origin, context);
        opened.page.navigate(origin + link);
        return opened;
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    public Locator amount() {
        return textbox("Amount");
    }

    public Locator amountError() {
        return page.locator("#amount-error");
    }

    /** The field of the other side: the result as long as the reader types into {@link #amount()}. */
    public Locator result() {
        return page.locator("#converted");
    }

    public Locator unitRate() {
        return page.locator("#unit-rate");
    }

    public Locator inverseRate() {
        return page.locator("#inverse-rate");
    }

    public Locator board() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Board"));
    }

    /** The currencies of the board in their order. */
    public List<String> boardCurrencies() {
        return ((List<?>) board().locator("[data-code]").evaluateAll("rows => rows.map((row) => row.dataset.code)"))
                .stream().map(String::valueOf).toList();
    }

    public Locator state() {
        return page.locator("#state");
    }

    public Locator servedBy() {
        return page.locator("#served-by");
    }

    public Locator from() {
        return combobox("From");
    }

    public Locator to() {
        return combobox("To");
    }

    /** The live region. */
    public Locator status() {
        return page.getByRole(AriaRole.STATUS);
    }

    public Locator textbox(String name) {
        return named(AriaRole.TEXTBOX, name);
    }

    public Locator combobox(String name) {
        return named(AriaRole.COMBOBOX, name);
    }

    public Locator button(String name) {
        return named(AriaRole.BUTTON, name);
    }

    public Locator named(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The result as a decimal; empty if there is none. */
    public String resultValue() {
        String value = result().getAttribute("data-value");
        return value == null ? "" : value;
    }

    public void swap() {
        button("Swap").click();
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

    /** Keeps what it looks like in {@code target/screenshots}. */
    public void screenshot(String name) {
        Path file = Workspace.target().resolve("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    public URI origin() {
        return origin;
    }

    @Override
    public void close() {
        context.close();
    }
}
