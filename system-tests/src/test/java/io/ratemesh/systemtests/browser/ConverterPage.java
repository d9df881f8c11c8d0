package io.ratemesh.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** The converter page in a browser profile of its own, by what its reader sees. */
public final class ConverterPage extends WatchedPage {

    private ConverterPage(BrowserContext context, URI origin) {
        super(context, origin);
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
     * Opens it, and waits for the form that the script makes.
     *
     * @param link path and query
     */
    public static ConverterPage open(Browser browser, URI origin, String link, Visitor visitor) {
        return open(browser, origin, link, visitor, page -> {});
    }

    /**
     * Opens it in a browser that was prepared.
     *
     * @param link path and query
     * @param preparation what is done with the empty page before
     */
    public static ConverterPage open(
            Browser browser, URI origin, String link, Visitor visitor, Consumer<Page> preparation) {
        BrowserContext context = browser.newContext(new NewContextOptions()
                .setLocale(visitor.locale())
                .setTimezoneId("Europe/Berlin")
                .setViewportSize(visitor.width(), visitor.height())
                .setColorScheme(visitor.colorScheme()));
        ConverterPage opened = new ConverterPage(context, origin);
        preparation.accept(opened.page());
        opened.page().navigate(origin + link);
        opened.result().waitFor();
        return opened;
    }

    public Locator amount() {
        return textbox("Amount");
    }

    public Locator amountError() {
        return page().locator("#amount-error");
    }

    /** The field of the other side: the result as long as the reader types into {@link #amount()}. */
    public Locator result() {
        return page().locator("#converted");
    }

    public Locator unitRate() {
        return page().locator("#unit-rate");
    }

    public Locator inverseRate() {
        return page().locator("#inverse-rate");
    }

    public Locator board() {
        return page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Board"));
    }

    /** The currencies of the board in their order. */
    public List<String> boardCurrencies() {
        return ((List<?>) board().locator("[data-code]").evaluateAll("rows => rows.map((row) => row.dataset.code)"))
                .stream().map(String::valueOf).toList();
    }

    public Locator state() {
        return page().locator("#state");
    }

    public Locator servedBy() {
        return page().locator("#served-by");
    }

    public Locator from() {
        return combobox("From");
    }

    public Locator to() {
        return combobox("To");
    }

    /** The live region. */
    public Locator status() {
        return page().getByRole(AriaRole.STATUS);
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
        return page().getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The result as a decimal; empty if there is none. */
    public String resultValue() {
        String value = result().getAttribute("data-value");
        return value == null ? "" : value;
    }

    public void swap() {
        button("Swap").click();
    }
}
