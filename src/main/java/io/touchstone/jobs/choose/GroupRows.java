package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.JoinReader;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.NumberedLine;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the joined rows of one piece, each where the first row of its prompt is. */
public final class GroupRows implements ChooseRule {

  private final JoinReader reader;
  private final DecidedRows<GroupDecision> decided;
  private final Set<String> noted = new HashSet<>();

  /**
   * @param decisions on the piece's rows that can be read, in their order
   */
  public GroupRows(JoinReader reader, Iterator<GroupDecision> decisions) {
    this.reader = reader;
    this.decided = new DecidedRows<>(decisions, GroupDecision::position);
  }

  @Override
  public Outcome outcome(NumberedLine row) {
    reader.read(row.bytes());
    GroupDecision.Fate fate = decided.on(row).fate();
    if (fate instanceof GroupDecision.Refused refused) {
      throw new RowProblem(new MalformedRow(refused.kind(), refused.reason()));
    }
    return fate instanceof GroupDecision.First first
        ? bounded(first.outcome())
        : new Outcome(0, List.of(), SelectVerdict.JOINED.word(), Outcome.noNotes());
  }

  /** Fields may have any number of names: past some they are counted together. */
  private Outcome bounded(Outcome outcome) {
    SortedMap<String, Long> notes = new TreeMap<>();
    outcome
        .notes()
        .forEach(
            (note, count) -> {
              boolean isOneTooMany =
                  note.startsWith(SelectVerdict.DIFFERS_IN)
                      && !noted.contains(note)
                      && noted.size() >= PromptGroup.MOST_NAMES;
              String word = isOneTooMany ? SelectVerdict.DIFFERS_IN : note;
              noted.add(word);
              notes.merge(word, count, Long::sum);
            });
    return new Outcome(outcome.folder(), outcome.lines(), outcome.verdict(), notes);
  }
}
