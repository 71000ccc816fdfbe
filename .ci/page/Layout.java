package page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be said of a page without running anything. */
final class Layout {
  private static final int README_LINES = 120;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private Layout() {}

  /**
   * What is wrong with a page: no command in front of the first section, links that lead nowhere, a
   * long README.
   */
  static List<String> problems(Path page, List<String> lines, List<Block> blocks)
      throws IOException {
    var problems = new ArrayList<String>(linkProblems(page, lines));
    long opening = lines.stream().takeWhile(line -> !line.startsWith("## ")).count();
    if (blocks.isEmpty() || blocks.get(0).line() > opening || blocks.get(0).isText()) {
      problems.add("expected a command in front of the first section, found none");
    }
    if (page.endsWith("README.md")
        && Files.exists(page.resolveSibling("pom.xml"))
        && lines.size() >= README_LINES) {
      problems.add("expected fewer than " + README_LINES + " lines, found " + lines.size());
    }
    return problems;
  }

  private static List<String> linkProblems(Path page, List<String> lines) throws IOException {
    var problems = new ArrayList<String>();
    for (Matcher link = LINK.matcher(String.join("\n", lines)); link.find(); ) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
      if (!Files.exists(file)) {
        problems.add("link to " + target + ": expected a file, found nothing");
      } else if (parts.length == 2 && !anchors(file).contains(parts[1])) {
        problems.add("link to " + target + ": expected such a heading, found none");
      }
    }
    return problems;
  }

  private static Set<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
