package io.touchstone.cli.settings;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Operand;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Version;
import io.touchstone.files.read.Reading;
import io.touchstone.jobs.Provenance;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a job's call to the settings in force. */
public final class JobSettings {
  private static final Logger LOG = LoggerFactory.getLogger(JobSettings.class);
  private static final String HADOOP = "spark.hadoop.";

  private JobSettings() {}

  /**
   * @throws Refused with every problem of the flags and files
   */
  public static Settings of(
      JobSpec job, JobCall call, Installation installation, Problems problems) {
    if (call.inputs().isEmpty() && job.operand().equals(Operand.INPUTS)) {
      problems.add("INPUT: expected a file, folder or glob, found nothing");
    }
    for (Destination folder : job.folders()) {
      if (call.folder(folder).isBlank() && call.dryRun().isEmpty()) {
        problems.add(folder.flag() + ": expected " + folder.shape() + ", found nothing");
      }
    }
    Settings settings =
        new Precedence(job.settings(), problems)
            .resolve(
                new Precedence.Sources(call.settings(), call.confFiles(), installation, job.name()),
                job.model());
    problems.refuseIfAny();
    LOG.debug("settings: {}", settings.describe());
    return settings;
  }

  public static Reading reading(JobCall call, Settings settings) {
    return new Reading(
        call.inputs(),
        settings.get(AnnotateSettings.PIECE_BYTES).bytes(),
        settings.get(AnnotateSettings.MAX_LINE_BYTES).bytes());
  }

  public static Provenance provenance(Settings settings, Set<String> compared) {
    return new Provenance(Version.ofProgram(), new TreeMap<>(settings.texts()), compared);
  }

  /** Hadoop's own settings are those of Spark that begin with {@code spark.hadoop.}. */
  public static Configuration hadoop(Settings settings) {
    Configuration hadoop = new Configuration();
    settings
        .spark()
        .forEach(
            (key, value) -> {
              if (key.startsWith(HADOOP)) {
                hadoop.set(key.substring(HADOOP.length()), value);
              }
            });
    return hadoop;
  }
}
