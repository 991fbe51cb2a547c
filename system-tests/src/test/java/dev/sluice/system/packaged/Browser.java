package dev.sluice.system.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, as Debian packages it. */
final class Browser implements AutoCloseable {

  /** Why tests are skipped where there is none. */
  static final String NOT_INSTALLED =
      "no browser here: install chromium and chromium-driver (Debian)";

  private static final List<Path> CHROMIUM =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration MAX_WAIT = Duration.ofMinutes(2);
  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 1_000;
  private static final int PHONE_WIDTH = 375;
  private static final int PHONE_HEIGHT = 812;

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  static boolean isInstalled() {
    return binary().isPresent() && Files.isExecutable(DRIVER);
  }

  private static Optional<Path> binary() {
    return CHROMIUM.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts it.
   *
   * @param downloads folder for what is downloaded
   */
  static Browser start(Path downloads) throws IOException {
    Files.createDirectories(downloads);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(binary().orElseThrow().toFile());
    // root may not have a sandbox; /dev/shm is small in containers
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--lang=en",
        "--window-size=" + WIDTH + "," + HEIGHT);
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    var browser = new Browser(new ChromeDriver(service, options), downloads.toAbsolutePath());
    browser.setPhone(false);
    return browser;
  }

  void open(String address) {
    driver.get(address);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  /** Waits until an element is shown with some text. */
  String awaitText(String css) {
    return await(css)
        .until(any -> texts(css).stream().filter(text -> !text.isBlank()).findFirst().orElse(null));
  }

  /** Waits until one of the texts contains the wanted one. */
  void awaitText(String css, String wanted) {
    await(css + " to contain " + wanted)
        .until(any -> texts(css).stream().anyMatch(text -> text.contains(wanted)));
  }

  private WebDriverWait await(String what) {
    var wait = new WebDriverWait(driver, MAX_WAIT);
    wait.withMessage(() -> what + "; the page says: " + find("main").getText());
    wait.ignoring(StaleElementReferenceException.class);
    return wait;
  }

  /** Waits for a whole file that was downloaded. */
  Path awaitDownload(String ending) {
    return await("a download " + ending)
        .until(
            any -> {
              try (Stream<Path> files = Files.list(downloads)) {
                return files
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .findFirst()
                    .orElse(null);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  Object script(String text, Object... arguments) {
    return driver.executeScript(text, arguments);
  }

  /** What the page has complained of: errors of scripts, and what the policy has blocked. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Shows pages in dark or light colours. */
  void setDark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Shows pages as a phone of 375 pixels does. */
  void setPhone(boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            phone ? PHONE_WIDTH : WIDTH,
            "height",
            phone ? PHONE_HEIGHT : HEIGHT,
            "deviceScaleFactor",
            1,
            "mobile",
            phone));
  }

  /** Writes what is seen into a file. */
  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
