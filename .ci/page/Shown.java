package page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a page shows, as words: white space does not matter, figures must be near, and those of the
 * machine (time, rates, memory) need not be. A word that ends with {@code …} stands for itself and
 * all words up to the one that follows.
 */
record Shown(String text) {
  private static final Pattern FIGURE =
      Pattern.compile("(?<![\\w.])-?\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?![\\w])");

  /** In lines whose figures are the machine's. */
  private static final Pattern MACHINE = Pattern.compile("\\d (?:s|MiB|GiB)\\b|a second|tokens/s");

  private static final double NEAR = 2e-3;

  /** Where the output parts from what is shown, or nothing. */
  Optional<String> difference(String printed) {
    List<String> expected = words(text);
    List<String> found = words(printed);
    int at = 0;
    for (int place = 0; place < expected.size(); place++) {
      String word = expected.get(place);
      if (word.endsWith("…")) {
        String begin = word.substring(0, word.length() - 1);
        if (!begin.isEmpty() && (at == found.size() || !found.get(at).startsWith(begin))) {
          return parted(expected, place, found, at);
        }
        at = next(expected, place + 1, found, at);
      } else if (at < found.size() && same(word, found.get(at))) {
        at++;
      } else {
        return parted(expected, place, found, at);
      }
    }
    return at == found.size() ? Optional.empty() : parted(expected, expected.size(), found, at);
  }

  private static int next(List<String> expected, int place, List<String> found, int from) {
    int at = from;
    while (at < found.size()
        && (place == expected.size() || !same(expected.get(place), found.get(at)))) {
      at++;
    }
    return at;
  }

  private static Optional<String> parted(
      List<String> expected, int place, List<String> found, int at) {
    return Optional.of(
        "expected "
            + around(expected, place)
            + "\nfound    "
            + around(found, at)
            + "\nin all   "
            + String.join(" ", found));
  }

  private static String around(List<String> words, int at) {
    return "… "
        + String.join(" ", words.subList(Math.max(0, at - 6), at))
        + " >>> "
        + String.join(" ", words.subList(at, Math.min(words.size(), at + 6)))
        + " …";
  }

  private static List<String> words(String text) {
    return text.lines()
        .map(line -> MACHINE.matcher(line).find() ? FIGURE.matcher(line).replaceAll("?") : line)
        .flatMap(line -> Stream.of(line.strip().split("\\s+")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static boolean same(String expected, String found) {
    if (!FIGURE.matcher(expected).replaceAll("?").equals(FIGURE.matcher(found).replaceAll("?"))) {
      return false;
    }
    List<Double> these = figures(expected);
    List<Double> those = figures(found);
    for (int at = 0; at < these.size(); at++) {
      double far = Math.abs(these.get(at) - those.get(at));
      if (far > NEAR * Math.max(1, Math.abs(these.get(at)))) {
        return false;
      }
    }
    return true;
  }

  private static List<Double> figures(String word) {
    var figures = new ArrayList<Double>();
    FIGURE
        .matcher(word)
        .results()
        .forEach(each -> figures.add(Double.valueOf(each.group().replace(",", ""))));
    return figures;
  }
}
