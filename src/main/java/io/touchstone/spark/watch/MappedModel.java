package io.touchstone.spark.watch;

import io.touchstone.files.ProcessStatus;
import io.touchstone.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The files that an attempt's model is mapped from, as the first line of its {@link AttemptMark}
 * names them: one that is cut short takes the process with it, and nothing can be said then.
 *
 * @param host on which they are what is said
 * @param files by path, each with what identified it when it was opened
 */
public record MappedModel(String host, SortedMap<String, String> files) {

  public MappedModel {
    files = new TreeMap<>(files);
  }

  /**
   * @param files of {@link io.touchstone.scoring.Scorer#mappedFiles}
   */
  public static MappedModel here(SortedMap<String, String> files) {
    return new MappedModel(ProcessStatus.host(), files);
  }

  /**
   * The first file that is not what it was; empty where nobody can tell.
   *
   * @param identities what identifies a file of this machine now, by its path
   */
  Optional<String> change(UnaryOperator<String> identities) {
    if (!host.equals(ProcessStatus.host())) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      String now = identities.apply(file.getKey());
      if (!now.equals(file.getValue())) {
        return Optional.of(
            Problem.in(file.getKey()).expected(file.getValue() + ", as it was mapped").found(now));
      }
    }
    return Optional.empty();
  }
}
