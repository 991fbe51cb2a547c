package dev.sluice.cli.documents;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds links and images that lead nowhere. Those to other hosts are not looked at. */
final class LinkCheck {
  private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

  private final Checkout checkout;
  private final Map<Path, MarkdownPage> pages = new HashMap<>();

  LinkCheck(Checkout checkout, List<MarkdownPage> pages) {
    this.checkout = checkout;
    pages.forEach(page -> this.pages.put(page.file(), page));
  }

  /** A sentence for each link that is broken. */
  List<String> broken() {
    var broken = new ArrayList<String>();
    for (MarkdownPage page : pages.values()) {
      for (MarkdownPage.Link link : page.links()) {
        wrong(page, link.target())
            .ifPresent(
                why ->
                    broken.add(
                        page.name() + ':' + link.line() + ": " + link.target() + ": " + why));
      }
    }
    broken.sort(null);
    return broken;
  }

  private Optional<String> wrong(MarkdownPage page, String target) {
    if (ELSEWHERE.matcher(target).matches()) {
      return Optional.empty();
    }
    int hash = target.indexOf('#');
    String path = decoded(hash < 0 ? target : target.substring(0, hash));
    Path file = page.file().getParent().resolve(path).normalize();
    if (path.isEmpty()) {
      file = page.file();
    } else if (path.startsWith("/") || !file.startsWith(checkout.root())) {
      return Optional.of("leads out of the checkout");
    } else if (!checkout.isWritten(file)) {
      return Optional.of("no such file");
    }
    if (hash < 0) {
      return Optional.empty();
    }
    MarkdownPage to = pages.get(file);
    boolean found = to != null && to.anchors().contains(decoded(target.substring(hash + 1)));
    return found ? Optional.empty() : Optional.of("no such heading");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
