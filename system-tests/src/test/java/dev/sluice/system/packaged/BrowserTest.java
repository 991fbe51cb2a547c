package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.Sluice;
import dev.sluice.system.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * {@code ./sluice demo --keep} as somebody sees it in Chromium: three files go up, the packaged
 * function processes them, and their states change without the page being loaded again. The
 * screenshots lie in {@code target/system-tests/browser}.
 */
@Order(8)
class BrowserTest {

  private static final Path FOLDER = Path.of("target", "system-tests", "browser").toAbsolutePath();
  private static final Pattern ADDRESS = Pattern.compile("The pages are at (http://\\S+?);");
  private static final int LINES = 2_000;

  /** A name that would be a script, were it written into the page as it is. */
  private static final String EVIL = "<img src=x onerror=alert(1)> & notes.txt";

  private static final String LOG = "access.log";
  private static final String BROKEN = "broken.log.gz";

  private ChildProcess demo;
  private Browser browser;
  private String site;

  @Test
  void uploadsWatchesAndDownloads() throws IOException {
    assumeTrue(Browser.isInstalled(), Browser.NOT_INSTALLED);
    Path downloads = Files.createTempDirectory(Files.createDirectories(FOLDER), "downloads");
    demo = ChildProcess.start(FOLDER, "demo", Map.of(), Sluice.class.getName(), "demo", "--keep");
    try (ChildProcess running = demo;
        Browser opened = Browser.start(downloads)) {
      browser = opened;
      site = awaitAddress();
      uploadThreeFiles();
      seeTheLogAndDownloadItsOutput();
      seeWhatIsWrongWithTheBrokenOne();
      seeThePipeline();
      assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
      running.terminate();
      assertThat(running.exitCode()).as(running.printed()).isZero();
    }
  }

  private String awaitAddress() {
    demo.await("the address of the pages", () -> ADDRESS.matcher(demo.out()).find());
    Matcher found = ADDRESS.matcher(demo.out());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private void uploadThreeFiles() throws IOException {
    byte[] lines = firstLines();
    byte[] whole = gzip(lines);
    Path folder = Files.createTempDirectory(FOLDER, "uploads");
    Files.write(folder.resolve(LOG), lines);
    Files.write(folder.resolve(EVIL), "two lines\nof notes\n".getBytes(UTF_8));
    Files.write(folder.resolve(BROKEN), Arrays.copyOf(whole, whole.length / 2));

    browser.open(site);
    browser.awaitText("#nothing", "Upload one");
    browser.script("window.stayed = true");
    String files =
        String.join(
            "\n",
            List.of(LOG, EVIL, BROKEN).stream()
                .map(name -> folder.resolve(name).toString())
                .toList());
    browser.find("#pick").sendKeys(files);
    browser.awaitText("#uploads li:nth-child(1)", "Done");
    browser.awaitText("#uploads li:nth-child(2)", "Done");
    browser.awaitText("#uploads li:nth-child(3)", "Failed");
    browser.awaitText("#files tbody tr", LOG);
    browser.awaitText("#files tbody tr", EVIL);
    assertThat(browser.script("return window.stayed")).as("never loaded again").isEqualTo(true);
    assertThat(browser.texts("#files tbody th a")).containsExactlyInAnyOrder(LOG, EVIL, BROKEN);
    screenshots("files");
    searchAndSort();
    uploadTheLogAgain(folder.resolve(LOG));
  }

  private void searchAndSort() {
    browser.find("#search").sendKeys("BROKEN");
    browser.awaitText("#looked-at", "1 found among all 3 uploads.");
    assertThat(browser.texts("#files tbody th a")).containsExactly(BROKEN);
    browser.find("#search").clear();
    browser.awaitText("#files tbody tr", LOG);
    browser.find("th[data-sort=size] button").click();
    browser.awaitText("#looked-at", "3 found among all 3 uploads.");
    assertThat(browser.texts("#files tbody th a")).containsExactly(LOG, BROKEN, EVIL);
  }

  /** The same bytes under the same name are another upload. */
  private void uploadTheLogAgain(Path log) {
    browser.find("#pick").sendKeys(log.toString());
    browser.awaitText("#uploads li:nth-child(4)", "Done");
    assertThat(browser.script("return window.stayed")).as("never loaded again").isEqualTo(true);
  }

  private void seeTheLogAndDownloadItsOutput() throws IOException {
    browser.open(site + "/file?name=" + LOG);
    browser.awaitText("#state", "Done");
    browser.awaitText("#outcomes", "lines");
    browser.awaitText("#tops", "Countries");
    assertThat(browser.texts("#history tr")).as("both uploads of the log").hasSize(2);
    assertThat(browser.texts("#outcomes .tile").get(0)).contains("2,000");
    long enriched = Long.parseLong(browser.texts("#outcomes .value").get(1).replace(",", ""));
    assertThat(browser.script("return document.querySelectorAll('.chart rect').length"))
        .isNotEqualTo(0L);
    screenshots("file");
    browser.find("#download-output").click();
    Path output = browser.awaitDownload(".enriched.ndjson.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(output))) {
      List<String> documents = new String(in.readAllBytes(), UTF_8).lines().toList();
      assertThat(documents).hasSize((int) enriched);
      assertThat(documents.get(0)).startsWith("{\"host\":\"").contains("\"browser\":\"");
    }
  }

  private void seeWhatIsWrongWithTheBrokenOne() throws IOException {
    browser.open(site + "/file?name=" + BROKEN);
    browser.awaitText("#state", "Failed");
    assertThat(browser.awaitText("#error")).isNotBlank();
    screenshots("broken");
  }

  private void seeThePipeline() throws IOException {
    browser.open(site + "/live");
    browser.awaitText("#state", "Running");
    browser.awaitText("#outcomes tr", "Enriched");
    browser.awaitText("#records tr");
    browser.awaitText("#rate", "lines a second");
    assertThat(browser.texts("#caches tr")).anyMatch(row -> row.contains("user-agent"));
    screenshots("live");
  }

  /** In light colours, in dark ones, and as on a phone. */
  private void screenshots(String name) throws IOException {
    browser.screenshot(FOLDER.resolve(name + "-light.png"));
    browser.setDark(true);
    browser.screenshot(FOLDER.resolve(name + "-dark.png"));
    browser.setDark(false);
    browser.setPhone(true);
    assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
        .as("%s fits a phone", name)
        .isEqualTo(true);
    browser.screenshot(FOLDER.resolve(name + "-phone.png"));
    browser.setPhone(false);
  }

  private static byte[] firstLines() throws IOException {
    Path log = PackagedFunction.SAMPLES.resolve("access.log.gz");
    var lines = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(log))) {
      int count = 0;
      int b;
      while (count < LINES && (b = in.read()) >= 0) {
        lines.write(b);
        if (b == '\n') {
          count++;
        }
      }
    }
    return lines.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
