package io.touchstone.jobs.choose;

import io.touchstone.files.Compression;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.RejectionBound;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a job that reads rows and writes rows is asked to do, whatever it does in between.
 *
 * @param job its name
 * @param outputs the folders that receive the result; rejected lines lie in the first
 * @param compression of the parts of all outputs
 */
public record ChooseConfig(
    String job,
    InputReading reading,
    List<String> outputs,
    FormatChoice format,
    Compression compression,
    Provenance provenance,
    RejectionBound maxRejected) {

  public ChooseConfig {
    outputs = List.copyOf(outputs);
  }

  /** All whose change may change the output, as an output folder's plan keeps it. */
  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("job", job);
    settings.putAll(reading.settings());
    settings.putAll(provenance.settings());
    if (format instanceof FormatChoice.Named named) {
      settings.put("format", named.format().word());
    }
    PlanRecord.put(compression, settings);
    return settings;
  }
}
