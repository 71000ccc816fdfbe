package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.conversation.format.JoinedPrompt;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.ConversationDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of one prompt, given in the order of the input, and the row that they become: at the place
 * of the first, with its fields.
 *
 * <p>It holds what answers and scores take, up to the size of a line, and eight bytes of each row;
 * once the line would be too long it holds nothing more.
 */
public final class PromptGroup {

  /** Names of differing fields that are told apart. */
  static final int MOST_NAMES = 100;

  private static final int LONGEST_NAME = 100;
  private static final String REWARDS = "rewards";
  private static final String NULL = "null";

  private final GroupRequest request;
  private final JoinedPrompt first;
  private final byte[] prompt;
  private final List<String> answers = new ArrayList<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final SortedMap<String, Long> differing = new TreeMap<>();
  private long[] positions = new long[1];
  private int rows;

  /** Characters of all lists; a line has at least as many bytes. */
  private long length;

  private boolean isTooLong;

  public PromptGroup(GroupRequest request, long position, JoinedPrompt first) {
    this.request = request;
    this.first = first;
    this.prompt = ConversationDigest.promptBytes(first.conversation());
    take(position, first);
  }

  /** Whether a row has this very prompt. */
  public boolean isOf(JoinedPrompt row) {
    return Arrays.equals(prompt, ConversationDigest.promptBytes(row.conversation()));
  }

  /**
   * Adds a row of the prompt.
   *
   * @return what is decided by it already: where all of them are too long, on each; else nothing
   */
  public Iterator<GroupDecision> add(long position, JoinedPrompt row) {
    if (isTooLong) {
      return List.of(tooLong(position)).iterator();
    }
    countDifferences(row);
    take(position, row);
    if (length <= request.maxLineBytes()) {
      return Collections.emptyIterator();
    }
    return refused(tooLongLine());
  }

  private void take(long position, JoinedPrompt row) {
    if (rows == positions.length) {
      positions = Arrays.copyOf(positions, 2 * rows);
    }
    positions[rows++] = position;
    int before = answers.size();
    answers.addAll(row.answers());
    row.values()
        .keySet()
        .forEach(
            name ->
                values.computeIfAbsent(
                    name, none -> new ArrayList<>(Collections.nCopies(before, NULL))));
    List<String> unknown = Collections.nCopies(row.answers().size(), NULL);
    values.forEach((name, list) -> list.addAll(row.values().getOrDefault(name, unknown)));
    length +=
        Stream.concat(row.answers().stream(), row.values().values().stream().flatMap(List::stream))
            .mapToLong(json -> json.length() + 1L)
            .sum();
  }

  /** What a row says under its own names, and the first does not. */
  private void countDifferences(JoinedPrompt row) {
    boolean differs = false;
    for (String name : row.row().names()) {
      if (row.taken().contains(name) || row.compared().contains(name)) {
        continue;
      }
      Optional<RowValue> own = row.row().find(name).filter(value -> !value.isNull());
      if (own.isPresent() && !own.map(RowValue::json).equals(ofFirst(name))) {
        boolean isNamed =
            name.length() <= LONGEST_NAME
                && (differing.size() < MOST_NAMES || differing.containsKey(named(name)));
        differing.merge(isNamed ? named(name) : named(""), 1L, Long::sum);
        differs = true;
      }
    }
    if (differs) {
      differing.merge(SelectVerdict.DIFFERING, 1L, Long::sum);
    }
  }

  private static String named(String field) {
    return SelectVerdict.DIFFERS_IN + field;
  }

  private Optional<String> ofFirst(String name) {
    return first.taken().contains(name)
        ? Optional.empty()
        : first.row().find(name).map(RowValue::json);
  }

  /** The joined row. */
  byte[] line() {
    JsonRow row = first.row();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(AnswerFields.PROMPT, first.prompt());
    fields.put(AnswerFields.RESPONSES, list(answers, row));
    values.forEach((name, list) -> fields.put(name, list(list, row)));
    return row.rebuilt(fields, first.taken());
  }

  private static String list(List<String> json, JsonRow row) {
    return "[" + String.join(row.comma(), json) + "]";
  }

  /** What is decided on each of the rows, once there are no more; nothing if it was told before. */
  public Iterator<GroupDecision> decisions() {
    if (isTooLong) {
      return Collections.emptyIterator();
    }
    byte[] line = line();
    if (line.length > request.maxLineBytes()) {
      return refused(tooLongLine());
    }
    ChooseRule.Outcome outcome;
    try {
      outcome = outcome(line);
    } catch (RowProblem problem) {
      return refused(problem.row());
    }
    GroupDecision head = new GroupDecision(positions[0], new GroupDecision.First(outcome));
    return Stream.concat(
            Stream.of(head),
            IntStream.range(1, rows)
                .mapToObj(row -> new GroupDecision(positions[row], new GroupDecision.Joined())))
        .iterator();
  }

  private ChooseRule.Outcome outcome(byte[] line) {
    SortedMap<String, Long> notes = new TreeMap<>(differing);
    if (request.rule() != null) {
      ChooseRule.Outcome chosen = SelectVerdict.outcome(request.rule().select(line));
      chosen.notes().forEach((note, count) -> notes.merge(note, count, Long::sum));
      return new ChooseRule.Outcome(chosen.folder(), chosen.lines(), chosen.verdict(), notes);
    }
    List<String> rewards = values.getOrDefault(REWARDS, List.of());
    long unscored =
        IntStream.range(0, rewards.size())
            .filter(i -> rewards.get(i).equals(NULL) && !answers.get(i).equals(NULL))
            .count();
    if (unscored > 0) {
      notes.put(SelectVerdict.SKIPPED, unscored);
    }
    return new ChooseRule.Outcome(0, List.of(line), SelectVerdict.FIRST.word(), notes);
  }

  private MalformedRow tooLongLine() {
    isTooLong = true;
    answers.clear();
    values.clear();
    return tooLongRow();
  }

  private MalformedRow tooLongRow() {
    return new RowProblem(
            Malformation.JOINED_TOO_LONG,
            AnswerFields.PROMPT,
            "expected rows whose answers make a line of at most "
                + request.maxLineBytes()
                + " bytes together, found more; --max-line-bytes sets the limit")
        .row();
  }

  private GroupDecision tooLong(long position) {
    return new GroupDecision(position, GroupDecision.Refused.because(tooLongRow()));
  }

  private Iterator<GroupDecision> refused(MalformedRow why) {
    GroupDecision.Refused fate = GroupDecision.Refused.because(why);
    long[] of = positions;
    return IntStream.range(0, rows).mapToObj(row -> new GroupDecision(of[row], fate)).iterator();
  }
}
