package dev.sluice.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The drawn pictures can be read by everybody, and the one of the demo says what comes out. */
class PicturesTest {
  private static final Checkout CHECKOUT = Checkout.ofThisBuild();

  /** An outcome and its number, in the picture and in the output of a command. */
  private static final Pattern REASON = Pattern.compile("(?m)^ {2,}([A-Z]+_?[A-Z]*) +(\\d+)$");

  static List<Path> drawings() {
    return CHECKOUT.files(".svg").stream()
        .filter(file -> file.startsWith(CHECKOUT.root().resolve("docs")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void aDrawingHasATitleAndColoursForLightAndDarkAndNothingActive(Path file)
      throws IOException, SAXException, ParserConfigurationException {
    Document drawing =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    boolean hasLabel = drawing.getDocumentElement().hasAttribute("aria-label");
    assertThat(hasLabel || drawing.getElementsByTagName("title").getLength() == 1).isTrue();
    assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
    assertThat(Files.readString(file))
        .contains("viewBox=", "prefers-color-scheme: dark")
        .doesNotContainPattern("(?:href|src)=|@import|url\\((?!#)");
  }

  @Test
  void theDemoCountsWhatEnrichCounts() throws IOException {
    String picture =
        CHECKOUT.text("docs/images/demo.svg").replaceAll("(?m)^ *<text[^>]*>|<.*>", "");
    String page = CHECKOUT.text("docs/enrich.md");
    assertThat(reasons(picture)).hasSizeGreaterThan(5);
    assertThat(reasons(page)).containsSequence(reasons(picture));
    assertThat(picture).contains("20,000 in = 19,901 enriched + 0 dropped + 99 rejected");
    assertThat(page).contains("20,000 in = 19,901 enriched (48 of them with warnings)");
  }

  private static List<String> reasons(String text) {
    return REASON
        .matcher(text)
        .results()
        .map(reason -> reason.group(1) + ' ' + reason.group(2))
        .distinct()
        .toList();
  }
}
