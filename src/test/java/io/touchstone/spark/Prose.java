package io.touchstone.spark;

import java.util.List;
import java.util.Random;

/** Text as it stands between the quotes of a JSON string. */
final class Prose {

  private static final List<String> ENGLISH =
      List.of(
          ("the of and to in a is that for it as was with be by on not he his but at are this have"
                  + " from or had an they which one you were all her would there their will when who"
                  + " him been has more if no out so said what its about into them can only other"
                  + " new some time could these two may first then do any like my now over such our"
                  + " man me even most made after also did many must before back through years"
                  + " where much way well down should because each just those people how too little"
                  + " state good very make world still see own work long get here between both life"
                  + " being under never day same another know while last might great old year off"
                  + " come since against go came right used take three recommendation understanding"
                  + " temperature responsibility")
              .split(" "));
  private static final List<String> ACCENTED =
      List.of("café", "naïve", "Zürich", "señor", "“so”", "—", "€20", "😀", "👩‍🔬", "décolleté");
  private static final List<String> FAR =
      List.of("如何保持面包新鲜", "请把它放在棉布袋里", "这是一个很好的问题", "хлеб", "свежий", "вопрос", "ответ");

  /** How a row is written. */
  private enum Manner {
    ASCII,
    ACCENTS,
    ESCAPES,
    FAR
  }

  private final Random random;
  private Manner manner = Manner.ASCII;

  Prose(Random random) {
    this.random = random;
  }

  /** For the next texts. */
  void changeManner() {
    int of20 = random.nextInt(20);
    manner =
        of20 < 14
            ? Manner.ASCII
            : of20 < 18 ? Manner.ACCENTS : of20 < 19 ? Manner.FAR : Manner.ESCAPES;
  }

  /**
   * @param size about how many bytes
   */
  String of(int size) {
    int chars = manner == Manner.FAR ? size * 2 / 5 : size;
    StringBuilder text = new StringBuilder(size + 40);
    while (text.length() < chars) {
      String word = word();
      text.append(random.nextInt(60) == 0 ? "\\\"" + word + "\\\"" : word).append(end());
    }
    return text.toString();
  }

  private String word() {
    return switch (manner) {
      case ASCII -> oneOf(ENGLISH);
      case ACCENTS -> random.nextInt(30) == 0 ? oneOf(ACCENTED) : oneOf(ENGLISH);
      case ESCAPES -> random.nextInt(30) == 0 ? escaped(oneOf(ACCENTED)) : oneOf(ENGLISH);
      case FAR -> oneOf(FAR);
    };
  }

  private String end() {
    return switch (random.nextInt(60)) {
      case 0 -> ".\\n\\n";
      case 1, 2, 3, 4 -> ". ";
      case 5, 6, 7 -> ", ";
      default -> " ";
    };
  }

  private String oneOf(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String escaped(String word) {
    StringBuilder escaped = new StringBuilder();
    for (char unit : word.toCharArray()) {
      escaped.append(unit < 0x80 ? String.valueOf(unit) : String.format("\\u%04x", (int) unit));
    }
    return escaped.toString();
  }
}
