package io.touchstone.jobs.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.NumberedLine;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** What a job makes of the rows of one piece; asked for each, in their order. */
@FunctionalInterface
public interface ChooseRule {

  /**
   * @throws RowProblem if the row is to be rejected
   */
  Outcome outcome(NumberedLine row);

  /**
   * What becomes of a row.
   *
   * @param folder which of the job's output folders its lines go to
   * @param lines without line ends
   * @param verdict the word by which it is counted; each row has one
   * @param notes more that is to be counted of it, by a word
   */
  record Outcome(int folder, List<byte[]> lines, String verdict, SortedMap<String, Long> notes) {

    /** With nothing to count. */
    public static SortedMap<String, Long> noNotes() {
      return Collections.emptySortedMap();
    }
  }
}
