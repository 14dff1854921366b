package org.realm4knime.headless.browser;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.google.gson.Gson;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, in which tests look at pages. It is that of the machine: none is downloaded. */
public final class Browser implements AutoCloseable {

    /** How a page is looked at. */
    public enum Look {
        /** A wide window, dark letters on white. */
        LIGHT(1200, "light"),
        /** A wide window, light letters on black. */
        DARK(1200, "dark"),
        /** A telephone. */
        NARROW(390, "light");

        private final int width;
        private final String scheme;

        Look(int width, String scheme) {
            this.width = width;
            this.scheme = scheme;
        }
    }

    private static final int HEIGHT = 900;
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVERS = List.of("chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it. Where there is none, the tests of the caller are skipped. */
    public static Browser start() {
        Optional<Path> browser = find(BROWSERS);
        Optional<Path> chromedriver = find(DRIVERS);
        Assumptions.assumeTrue(
                browser.isPresent() && chromedriver.isPresent(),
                "SKIPPED: the pages are not looked at, as there is no Chromium or no chromedriver on the PATH."
                        + " Install both (Debian: apt-get install chromium chromium-driver).");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        // the sandbox needs rights that a container lacks; the pages are our own
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get().toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(1));
        return new Browser(driver);
    }

    private static Optional<Path> find(List<String> programs) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .flatMap(folder -> programs.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Sets how pages are looked at from now on. */
    public void look(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.scheme))));
    }

    /** Opens a file and waits until the views in its frames have something to show. */
    public void open(Path file) {
        errors();
        driver.get(file.toUri().toString());
        await("[...document.querySelectorAll('iframe')]"
                + ".every((f) => f.contentDocument?.querySelector('main')?.childElementCount > 1)");
    }

    /**
     * Opens a view's page alone and waits until it has something to show.
     *
     * @param page its file
     * @param initialData what KNIME would answer when the page asks for its data
     */
    public void open(Path page, String initialData) {
        String given = "window.realm4knimeInitialData = " + new Gson().toJson(initialData);
        Object script = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", given))
                .get("identifier");
        errors();
        driver.get(page.toUri().toString());
        await("document.querySelector('main')?.childElementCount > 1");
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    /** Waits, a minute at most, for a condition in JavaScript. */
    public void await(String condition) {
        driver.executeAsyncScript("const done = arguments[0];" + "const look = () => (" + condition
                + ") ? done() : setTimeout(look, 20); look();");
    }

    /** Runs the body of a JavaScript function. */
    public Object run(String script) {
        return driver.executeScript(script);
    }

    /** Messages that the console has got since the last call: errors, failed scripts, breaches of the policy. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What axe-core finds that keeps people from using the page, but not the frames in it: rule and elements. */
    public List<String> barriers() {
        return new AxeBuilder()
                .exclude("iframe").analyze(driver).getViolations().stream()
                        .flatMap(Browser::barriers)
                        .toList();
    }

    private static Stream<String> barriers(Rule rule) {
        return rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getHtml());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
