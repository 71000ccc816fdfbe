package io.touchstone.spark;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job that reads rows and writes rows is asked to do, whatever it does in between.
 *
 * @param job its name
 * @param outputs the folders that receive the result; rejected lines lie in the first
 * @param pieceBytes size at which plain {@code .jsonl} files are cut
 * @param maxLineBytes longer lines are rejected
 * @param program name and version, written into {@code run.json}
 * @param effective the effective configuration, written into {@code run.json} as it is
 * @param compared the keys of {@code effective} whose change may change the output
 * @param compression of the parts of all outputs
 */
public record LineConfig(
    String job,
    List<String> inputs,
    List<String> outputs,
    FormatChoice format,
    long pieceBytes,
    long maxLineBytes,
    String program,
    SortedMap<String, String> effective,
    Set<String> compared,
    Compression compression) {

  /** Without compression. */
  public LineConfig(
      String job,
      List<String> inputs,
      List<String> outputs,
      FormatChoice format,
      long pieceBytes,
      long maxLineBytes,
      String program,
      SortedMap<String, String> effective,
      Set<String> compared) {
    this(
        job,
        inputs,
        outputs,
        format,
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        Compression.NONE);
  }

  /** The same job, with compressed parts. */
  public LineConfig with(Compression compression) {
    return new LineConfig(
        job,
        inputs,
        outputs,
        format,
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        compression);
  }

  public LineConfig {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    compared = Collections.unmodifiableSet(new TreeSet<>(compared));
  }

  /** All whose change may change the output, as an output folder's plan keeps it. */
  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("job", job);
    settings.put("piece-bytes", Long.toString(pieceBytes));
    settings.put("max-line-bytes", Long.toString(maxLineBytes));
    for (String key : compared) {
      settings.put("configuration." + key, effective.getOrDefault(key, ""));
    }
    if (format instanceof FormatChoice.Named named) {
      settings.put("format", named.format().word());
    }
    PlanRecord.put(compression, settings);
    return settings;
  }
}
