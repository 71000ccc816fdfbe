package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Anthropic HH transcripts: {@code \n\nHuman: …\n\nAssistant: …}. Contents are stripped of what
 * Python's {@code str.strip} takes for white space, as the readers of this data do.
 */
final class Transcript {

  private static final String HUMAN = "\n\nHuman:";
  private static final String ASSISTANT = "\n\nAssistant:";

  private Transcript() {}

  static List<Turn> turns(String field, String text) {
    int speaker = nextSpeaker(text, 0);
    int unspoken = stripped(text, 0, speaker).length();
    if (unspoken > 0 || speaker == text.length()) {
      throw new RowProblem(
          Malformation.NOT_A_TRANSCRIPT,
          field,
          "expected a list of messages, a text with a prompt field beside it, or a transcript that"
              + " starts with \\n\\nHuman:, found "
              + (speaker == text.length()
                  ? "a text without speakers"
                  : "text before the speakers"));
    }
    List<Turn> turns = new ArrayList<>();
    while (speaker < text.length()) {
      boolean human = text.startsWith(HUMAN, speaker);
      int start = speaker + (human ? HUMAN : ASSISTANT).length();
      speaker = nextSpeaker(text, start);
      turns.add(Turn.of(human ? Role.USER : Role.ASSISTANT, stripped(text, start, speaker)));
    }
    if (turns.get(turns.size() - 1).role() != Role.ASSISTANT) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          field,
          "expected a transcript that ends with Assistant, found Human last of "
              + turns.size()
              + " turns");
    }
    return turns;
  }

  /** The next marker's place, or the end of the text. */
  private static int nextSpeaker(String text, int from) {
    for (int at = text.indexOf("\n\n", from); at >= 0; at = text.indexOf("\n\n", at + 1)) {
      if (text.startsWith(HUMAN, at) || text.startsWith(ASSISTANT, at)) {
        return at;
      }
    }
    return text.length();
  }

  private static String stripped(String text, int start, int end) {
    int first = start;
    int last = end;
    while (first < last && isPythonSpace(text.charAt(first))) {
      first++;
    }
    while (last > first && isPythonSpace(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(first, last);
  }

  private static boolean isPythonSpace(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == 0x85;
  }
}
