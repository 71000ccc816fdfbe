package io.touchstone.spark.frame;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Labels inside the turns of SteerLM rows.
 *
 * @param before the fields of a turn
 * @param after the same, with those that are written in their place or behind them
 * @param written types by name
 */
record TurnLabels(StructType before, StructType after, Map<String, DataType> written)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The column of the turns. */
  static final String TURNS = "conversations";

  /**
   * @throws Refused if no column of the rows has turns with fields of known types
   */
  static TurnLabels of(StructType rows, Map<String, DataType> written) {
    for (StructField column : rows.fields()) {
      if (column.name().equals(TURNS)
          && column.dataType() instanceof ArrayType turns
          && turns.elementType() instanceof StructType before) {
        return new TurnLabels(
            before, ScoreColumns.with(before, written), new LinkedHashMap<>(written));
      }
    }
    throw Refused.because(
        Problem.at("--format")
            .expected(
                "for steerlm rows a column conversations of"
                    + " array<struct<from:string,value:string,label:string>>")
            .found(rows.simpleString()));
  }

  DataType scored() {
    return DataTypes.createArrayType(after);
  }

  /** The turns, with what their line says of them. */
  Object[] written(List<Row> turns, byte[] line) {
    List<Map<String, Object>> read = JsonCell.membersOfEach(line, TURNS, written);
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      all.add(turn(turns.get(i), read.get(i)));
    }
    return all.toArray();
  }

  /** The turns of a row that was not scored. */
  Object @Nullable [] unwritten(@Nullable List<Row> turns) {
    return turns == null
        ? null
        : turns.stream().map(turn -> turn == null ? null : turn(turn, Map.of())).toArray();
  }

  private Row turn(Row turn, Map<String, Object> values) {
    @Nullable Object[] all = new @Nullable Object[after.length()];
    for (int i = 0; i < before.length(); i++) {
      // What was of another type is of a turn without a score, and null.
      all[i] =
          before.fields()[i].dataType().equals(after.fields()[i].dataType()) ? turn.get(i) : null;
    }
    values.forEach((name, value) -> all[after.fieldIndex(name)] = value);
    return RowFactory.create(all);
  }
}
