package io.touchstone.selection.report;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads scored rows; the first one says which attributes there are, the others must have them. */
public final class ScoreReader {

  private static final int MOST_COLUMNS = 32;
  private static final int MOST_NAME = 100;

  private final List<ScoreField> fields;
  private final ReadRules rules;
  private final String attribute;
  private final Map<RowFormat, RowLayout> layouts = new HashMap<>();
  private List<ScoreColumn> columns = List.of();
  private long without;

  /**
   * @param attribute what a model of one output calls it
   */
  public ScoreReader(List<ScoreField> fields, ReadRules rules, String attribute) {
    this.fields = List.copyOf(fields);
    this.rules = rules;
    this.attribute = attribute;
  }

  /**
   * One number of a response's scores.
   *
   * @param field which of the row's score fields, counted from 0
   * @param attribute {@link ScoreValue#PLAIN} where the score is a number
   * @param name by which the report knows it
   */
  private record ScoreColumn(int field, String attribute, String name) {}

  /** Names of the numbers that each response has; empty before the first row. */
  List<String> columns() {
    return columns.stream().map(ScoreColumn::name).toList();
  }

  /** Candidates of all rows that had no score, and are no responses. */
  long without() {
    return without;
  }

  /**
   * The responses that have a score.
   *
   * @param line kept by what is returned
   * @throws RowProblem if the line is no scored row of the format
   */
  List<ScoredResponse> read(byte[] line, RowFormat format) {
    RowLayout.Reading reading =
        layouts.computeIfAbsent(format, of -> new RowLayout(of, rules, fields)).read(line);
    List<Integer> scored =
        IntStream.range(0, reading.conversations().size())
            .filter(i -> reading.scores().stream().noneMatch(found -> found.get(i).isNull()))
            .boxed()
            .toList();
    List<ScoreColumn> wanted =
        columns.isEmpty() && !scored.isEmpty() ? columns(reading, scored.get(0)) : columns;
    List<ScoredResponse> responses = new ArrayList<>();
    for (int i : scored) {
      double[] scores = new double[wanted.size()];
      for (int c = 0; c < scores.length; c++) {
        ScoreColumn column = wanted.get(c);
        RowValue value = reading.scores().get(column.field()).get(i);
        scores[c] = new ScoreValue(value).of(column.attribute());
      }
      responses.add(
          new ScoredResponse(scores, reading.conversations().get(i), reading.sides().get(i)));
    }
    columns = wanted;
    without += reading.without() + reading.conversations().size() - responses.size();
    return responses;
  }

  private List<ScoreColumn> columns(RowLayout.Reading reading, int response) {
    List<ScoreColumn> found = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int field = 0; field < fields.size(); field++) {
      for (String name : new ScoreValue(reading.scores().get(field).get(response)).attributes()) {
        String shown = shown(fields.get(field), name);
        while (!taken.add(shown)) {
          shown = fields.get(field).shown() + "." + shown;
        }
        found.add(new ScoreColumn(field, name, shown));
      }
    }
    return List.copyOf(found.subList(0, Math.min(MOST_COLUMNS, found.size())));
  }

  /** The same whether other fields are read or not: results are compared by it. */
  private String shown(ScoreField field, String attributeInRow) {
    String name = printable(attributeInRow);
    boolean plain = name.equals(ScoreValue.PLAIN);
    if (field.name().isEmpty()) {
      return plain ? attribute : name;
    }
    return plain ? field.shown() : field.shown() + "." + name;
  }

  /** Attributes come from rows, and end on terminals. */
  private static String printable(String name) {
    return name.substring(0, Math.min(MOST_NAME, name.length())).replaceAll("\\p{C}", "?");
  }
}
