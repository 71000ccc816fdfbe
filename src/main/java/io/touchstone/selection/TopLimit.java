package io.touchstone.selection;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How many of the best rows stay.
 *
 * @param count null for any number
 * @param fraction of the rows that come into question, rounded down to whole rows; exact, so that
 *     0.29 of 100 rows are 29; null for all
 */
public record TopLimit(@Nullable Long count, @Nullable BigDecimal fraction)
    implements Serializable {

  public static final TopLimit NONE = new TopLimit(null, null);

  public boolean isNone() {
    return count == null && fraction == null;
  }

  /** The rows that stay of so many. */
  public long of(long rows) {
    long most = count == null ? rows : Math.min(rows, count);
    if (fraction != null) {
      BigDecimal share = fraction.multiply(BigDecimal.valueOf(rows));
      most = Math.min(most, share.setScale(0, RoundingMode.FLOOR).longValueExact());
    }
    return most;
  }
}
