package io.touchstone.batch;

import java.util.ArrayList;
import java.util.List;

/** Some rows of a matrix, from {@code first} up to {@code end}. */
public record Rows(int first, int end) {

  /** The same rows of a matrix that has {@code rows} more in front. */
  public Rows from(int rows) {
    return new Rows(first + rows, end + rows);
  }

  /** Cuts {@code count} rows into parts of about equal size, none larger than {@code most}. */
  public static List<Rows> cut(int count, int most) {
    int parts = (count + most - 1) / most;
    List<Rows> rows = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      rows.add(new Rows((int) ((long) count * p / parts), (int) ((long) count * (p + 1) / parts)));
    }
    return rows;
  }
}
