package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HelpSteer2's prompts of several turns: {@code question\n<extra_id_1>Assistant\nanswer\n
 * <extra_id_1>User\nquestion}, NeMo-Aligner's markers ({@code
 * examples/nlp/data/steerlm/common.py}). Such a text may also begin with NeMo's system line or a
 * marker, and end where the assistant is to answer.
 */
final class MarkedPrompt {

  private static final Pattern MARKER =
      Pattern.compile("(?:^|\n)<extra_id_([012])>(System|User|Assistant|[^\n]*)(?:\n|$)");

  /** What parts turns only where it is a line of its own. */
  private static final Pattern WITHIN_A_LINE =
      Pattern.compile("<extra_id_(?:1>(?:User|Assistant)|0>System)\\b");

  private MarkedPrompt() {}

  /** Whether NeMo's marker of turns stands anywhere in the text. */
  static boolean hasMarker(String text) {
    return text.contains("<extra_id_1>");
  }

  /**
   * The turns of a prompt's text; empty if it has no marker.
   *
   * @param field as a reason names it
   * @throws RowProblem if there are markers that do not part turns
   */
  static Optional<List<Turn>> turns(String field, String text) {
    Matcher marker = MARKER.matcher(text);
    if (!marker.find()) {
      if (WITHIN_A_LINE.matcher(text).find()) {
        throw refused(field, "one within a line");
      }
      return Optional.empty();
    }
    List<Turn> turns = new ArrayList<>();
    Role speaker = Role.USER;
    int start = 0;
    boolean more = true;
    while (more) {
      // A text in front of the first marker is the user's; none, if there is no text.
      if (start > 0 || marker.start() > 0) {
        add(turns, speaker, field, text.substring(start, marker.start()));
      }
      speaker = speaker(field, marker, turns.isEmpty());
      start = marker.end();
      // The line end behind a marker may be the one in front of the next.
      more = marker.find(start > 0 && text.charAt(start - 1) == '\n' ? start - 1 : start);
      if (more && marker.start() < start) {
        throw refused(field, "a marker right behind another");
      }
    }
    String last = text.substring(start);
    if (speaker != Role.ASSISTANT || !last.isEmpty()) {
      add(turns, speaker, field, last);
    }
    if (turns.stream().noneMatch(turn -> turn.role() == Role.USER)) {
      throw refused(field, "none with a user's turn");
    }
    return Optional.of(turns);
  }

  /** NeMo's system line stands there also where the system says nothing. */
  private static void add(List<Turn> turns, Role speaker, String field, String said) {
    if (WITHIN_A_LINE.matcher(said).find()) {
      throw refused(field, "one within a line");
    }
    if (speaker != Role.SYSTEM || !said.isBlank()) {
      turns.add(Turn.of(speaker, said));
    }
  }

  private static Role speaker(String field, Matcher marker, boolean first) {
    String word = marker.group(2);
    boolean turn = marker.group(1).equals("1");
    if (turn && word.equals("User")) {
      return Role.USER;
    }
    if (turn && word.equals("Assistant")) {
      return Role.ASSISTANT;
    }
    if (marker.group(1).equals("0") && word.equals("System") && first) {
      return Role.SYSTEM;
    }
    throw refused(field, "another");
  }

  private static RowProblem refused(String field, String found) {
    return new RowProblem(
        Malformation.AMBIGUOUS,
        field,
        "expected turns parted by the markers <extra_id_1>User and <extra_id_1>Assistant, found "
            + found
            + ": the text may be one turn that spells a marker, or turns in another form");
  }
}
