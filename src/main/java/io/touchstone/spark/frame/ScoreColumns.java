package io.touchstone.spark.frame;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreNames;
import io.touchstone.conversation.line.Accompanied;
import io.touchstone.files.columns.ColumnType;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.ExampleReward;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.scoring.ModelDescription;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a scored frame: those of the rows, in their order, with what annotate writes in
 * its fields' place or behind them, and the reason of rejected rows.
 *
 * @param rows the columns before
 * @param scored the columns after
 * @param written types by name, of what is written into columns of their own
 * @param labels of what is written into turns; null where nothing is
 * @param rejection the column with the reason
 */
record ScoreColumns(
    StructType rows,
    StructType scored,
    Map<String, DataType> written,
    @Nullable TurnLabels labels,
    String rejection)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a row: a short word that rows can be counted by, and a sentence. */
  static final StructType REASON =
      new StructType()
          .add("kind", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false);

  private static final String REJECTION = "rejection";

  /**
   * @param sensitive whether Spark tells columns apart by case
   * @throws Refused if a column of the rows is in the way
   */
  static ScoreColumns of(
      StructType rows,
      RowFormat format,
      AnnotateConfig config,
      ModelDescription model,
      boolean sensitive) {
    RowFormat scored = format.scoring(config.rules().scored());
    RewardText text = config.labels().text(model.attributes(), config.writing());
    boolean isLabel = scored.scores().shape() == ScoreNames.Shape.LABELS;
    boolean isList = scored.scores().shape() == ScoreNames.Shape.LISTS;
    Map<String, DataType> types = new LinkedHashMap<>();
    Accompanied<DataType> shown = shown(text, isLabel);
    List<Accompanied<String>> names = scored.names(config.writing().fields());
    Accompanied.inOrder(
            names.stream()
                .map(
                    each ->
                        new Accompanied<>(
                            Map.entry(each.score(), shown.score()), beside(each, shown)))
                .toList())
        .forEach(
            each ->
                types.put(
                    each.getKey(),
                    isList ? DataTypes.createArrayType(each.getValue()) : each.getValue()));
    String field = config.writing().field();
    String rejection = field == null ? REJECTION : field + "_" + REJECTION;
    TurnLabels labels = isLabel ? TurnLabels.of(rows, types) : null;
    Map<String, DataType> written = new LinkedHashMap<>();
    if (labels == null) {
      written.putAll(types);
    } else {
      written.put(TurnLabels.TURNS, labels.scored());
    }
    Map<String, DataType> all = new LinkedHashMap<>(written);
    all.put(rejection, REASON);
    refuseInTheWay(rows, all.keySet(), rejection, sensitive);
    return new ScoreColumns(
        rows, with(rows, all), labels == null ? written : Map.of(), labels, rejection);
  }

  private static List<Map.Entry<String, DataType>> beside(
      Accompanied<String> names, Accompanied<DataType> types) {
    List<Map.Entry<String, DataType>> beside = new ArrayList<>();
    for (int i = 0; i < names.beside().size(); i++) {
      beside.add(Map.entry(names.beside().get(i), types.beside().get(i)));
    }
    return beside;
  }

  /** The types of a score, and of what stands beside it, as annotate's Parquet files have them. */
  private static Accompanied<DataType> shown(RewardText text, boolean isLabel) {
    Reward example = ExampleReward.of(text, text.attributes().names().size(), 1.5f);
    return new Accompanied<>(
            isLabel ? text.label(example) : text.json(example), text.beside(example))
        .map(json -> JsonCell.type(ColumnType.ofJson(json)));
  }

  private static void refuseInTheWay(
      StructType rows, Iterable<String> names, String rejection, boolean sensitive) {
    Problems problems = new Problems();
    for (String name : names) {
      for (StructField column : rows.fields()) {
        boolean same = column.name().equals(name);
        if (!sensitive && !same && column.name().equalsIgnoreCase(name)) {
          problems.add(
              Problem.at("--field")
                  .expected("a name that no column has in other letters, as Spark reads both alike")
                  .found(name + " beside the column " + column.name()));
        }
        if (same && name.equals(rejection) && !sameType(column.dataType())) {
          problems.add(
              Problem.at("--field")
                  .expected("a name that leaves " + rejection + " for the reasons of rejected rows")
                  .found("a column of that name, of " + column.dataType().simpleString()));
        }
      }
    }
    problems.refuseIfAny();
  }

  private static boolean sameType(DataType found) {
    return found.simpleString().equals(REASON.simpleString());
  }

  /** These columns with others in the place of those of the same name, or behind all. */
  static StructType with(StructType columns, Map<String, DataType> others) {
    Stream<StructField> replaced =
        Arrays.stream(columns.fields())
            .map(
                column ->
                    others.containsKey(column.name())
                        ? nullable(column.name(), others.get(column.name()), column.metadata())
                        : column);
    List<String> known = List.of(columns.fieldNames());
    Stream<StructField> added =
        others.entrySet().stream()
            .filter(other -> !known.contains(other.getKey()))
            .map(other -> nullable(other.getKey(), other.getValue(), Metadata.empty()));
    return new StructType(Stream.concat(replaced, added).toArray(StructField[]::new));
  }

  private static StructField nullable(String name, DataType type, Metadata metadata) {
    return new StructField(name, type, true, metadata);
  }

  /** A row with its scores, as they stand in its line. */
  Row enriched(Row row, byte[] line) {
    @Nullable Object[] values = copied(row);
    if (labels == null) {
      Map<String, Object> read = JsonCell.members(line, written);
      written.keySet().forEach(name -> values[scored.fieldIndex(name)] = read.get(name));
    } else {
      values[scored.fieldIndex(TurnLabels.TURNS)] =
          labels.written(row.getList(rows.fieldIndex(TurnLabels.TURNS)), line);
    }
    return RowFactory.create(values);
  }

  /** A row without scores, and why. */
  Row rejected(Row row, Rejected why) {
    @Nullable Object[] values = copied(row);
    written.keySet().forEach(name -> values[scored.fieldIndex(name)] = null);
    if (labels != null) {
      values[scored.fieldIndex(TurnLabels.TURNS)] =
          labels.unwritten(
              row.isNullAt(rows.fieldIndex(TurnLabels.TURNS))
                  ? null
                  : row.getList(rows.fieldIndex(TurnLabels.TURNS)));
    }
    values[scored.fieldIndex(rejection)] = RowFactory.create(why.kind(), why.reason());
    return RowFactory.create(values);
  }

  /** The values before, in the places that they keep; nothing in those of the reason. */
  private @Nullable Object[] copied(Row row) {
    @Nullable Object[] values = new @Nullable Object[scored.length()];
    for (int i = 0; i < rows.length(); i++) {
      values[i] = row.get(i);
    }
    values[scored.fieldIndex(rejection)] = null;
    return values;
  }
}
