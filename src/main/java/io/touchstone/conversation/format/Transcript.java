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

  /** Whether the text begins with a speaker, in front of whom only white space stands. */
  static boolean is(String text) {
    int speaker = nextSpeaker(text, 0);
    return speaker < text.length() && stripped(text, 0, speaker).isEmpty();
  }

  /** Whether someone speaks anywhere in the text. */
  static boolean hasSpeaker(String text) {
    return nextSpeaker(text, 0) < text.length();
  }

  /** Whether the text ends where an assistant is to answer. */
  static boolean isOpen(String text) {
    int last = text.lastIndexOf(ASSISTANT);
    return last >= 0 && stripped(text, last + ASSISTANT.length(), text.length()).isEmpty();
  }

  /** Whether the text looks like a transcript whose lines are parted in another manner. */
  static boolean isInAnotherForm(String text) {
    String said = stripped(text);
    return said.endsWith("\nAssistant:")
        || (said.startsWith("Human:") && said.contains("\nAssistant:"));
  }

  /** The turns of a text that {@linkplain #is is} a transcript. */
  static List<Turn> turns(String text) {
    List<Turn> turns = new ArrayList<>();
    int speaker = nextSpeaker(text, 0);
    while (speaker < text.length()) {
      boolean human = text.startsWith(HUMAN, speaker);
      int start = speaker + (human ? HUMAN : ASSISTANT).length();
      speaker = nextSpeaker(text, start);
      turns.add(Turn.of(human ? Role.USER : Role.ASSISTANT, stripped(text, start, speaker)));
    }
    return turns;
  }

  /** A whole conversation, which ends with the assistant. */
  static List<Turn> whole(String field, String text) {
    if (!is(text)) {
      throw new RowProblem(
          Malformation.NOT_A_TRANSCRIPT,
          field,
          "expected a list of messages, a text with a prompt field beside it, or a transcript that"
              + " starts with \\n\\nHuman:, found "
              + (hasSpeaker(text) ? "text before the speakers" : "a text without speakers"));
    }
    List<Turn> turns = turns(text);
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

  /** The text without the white space around it. */
  static String stripped(String text) {
    return stripped(text, 0, text.length());
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
