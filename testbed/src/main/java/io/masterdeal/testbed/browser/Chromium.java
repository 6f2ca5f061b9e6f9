package io.masterdeal.testbed.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Chromium for all tests of a JVM, since a start takes seconds. Each test opens a context of its own in it. Playwright belongs to the
 * thread that has started it, so tests of pages run in one thread.
 */
public final class Chromium {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static @Nullable Browser started;

    private Chromium() {}

    /** Where it is installed; empty if it is not. Tests without it are skipped, and say so. */
    public static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The browser of this JVM, started at the first call and ended with the JVM.
     *
     * @throws IllegalStateException if none is installed
     */
    public static synchronized Browser browser() {
        Browser browser = started;
        if (browser == null) {
            Path executable = installed().orElseThrow(() -> new IllegalStateException("chromium is not installed"));
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
            started = browser;
        }
        return browser;
    }
}
