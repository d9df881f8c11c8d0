package io.ratemesh.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import java.net.URI;
import java.util.regex.Pattern;

/** The operations page, by what its user sees. */
public final class OperationsPage implements AutoCloseable {

    private final WatchedPage watched;

    private OperationsPage(WatchedPage watched) {
        this.watched = watched;
    }

    /**
     * Opens it and logs in.
     *
     * @param origin of the stats port
     */
    public static OperationsPage open(
            Browser browser, URI origin, String user, String password, Visitor visitor, boolean script) {
        WatchedPage watched = new WatchedPage(
                browser.newContext(new NewContextOptions()
                        .setHttpCredentials(user, password)
                        .setJavaScriptEnabled(script)
                        .setViewportSize(visitor.width(), visitor.height())
                        .setColorScheme(visitor.colorScheme())),
                origin);
        watched.page().navigate(origin + "/stats");
        return new OperationsPage(watched);
    }

    public WatchedPage watched() {
        return watched;
    }

    public Page page() {
        return watched.page();
    }

    public Locator table(String pool) {
        return page().getByRole(
                        AriaRole.TABLE,
                        new Page.GetByRoleOptions().setName(pool).setExact(true));
    }

    /** The rows of a pool's servers. */
    public Locator rows(String pool) {
        return table(pool).locator("tbody tr[data-key]");
    }

    public Locator row(String pool, String server) {
        return rows(pool)
                .filter(new Locator.FilterOptions()
                        .setHas(page().getByRole(
                                        AriaRole.ROWHEADER,
                                        new Page.GetByRoleOptions().setName(Pattern.compile("^" + server + "\\b")))));
    }

    public Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator button(String name) {
        return page().getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator region(String name) {
        return page().getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator filter() {
        return page().getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Filter"));
    }

    public Locator events() {
        return page().getByRole(
                        AriaRole.LIST,
                        new Page.GetByRoleOptions().setName("Events").setExact(true))
                .getByRole(AriaRole.LISTITEM);
    }

    public Locator dialog() {
        return page().getByRole(AriaRole.DIALOG);
    }

    /** The word beside the button Pause. */
    public Locator connection() {
        return page().locator("#live-word");
    }

    @Override
    public void close() {
        watched.close();
    }
}
