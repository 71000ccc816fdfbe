package io.touchstone.jobs;

import io.touchstone.files.commit.OutputLayout;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Why most lines of a result were rejected, where not one was used.
 *
 * @param text the kind and the reason
 * @param times how many of those that were looked at have it
 * @param looked how many were looked at, from the first on
 * @param all lines
 */
public record CommonestReason(String text, long times, long looked, long all) {

  private static final int MOST_LOOKED_AT = 1_000;

  /**
   * Empty if the result has rows, or the input had none.
   *
   * @param in lines of the input that are not blank
   */
  public static Optional<CommonestReason> ifAllRejected(
      long in, long rejected, OutputLayout layout, long maxLineBytes, Configuration hadoop)
      throws IOException {
    if (in == 0 || rejected < in) {
      return Optional.empty();
    }
    Map<String, Long> times = new LinkedHashMap<>();
    long[] looked = {0};
    RejectedFolder.read(
        layout,
        maxLineBytes,
        hadoop,
        entry -> {
          times.merge(entry.kind() + ": " + entry.reason(), 1L, Long::sum);
          looked[0]++;
          return looked[0] == MOST_LOOKED_AT;
        });
    return times.entrySet().stream()
        // Of equally many the first, where max would take the last.
        .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
        .map(most -> new CommonestReason(most.getKey(), most.getValue(), looked[0], in))
        .or(() -> Optional.of(new CommonestReason("lines too long to be read back", in, in, in)));
  }
}
