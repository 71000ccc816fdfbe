package io.touchstone.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.files.Compression;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.selection.formula.Where;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Small select and filter jobs over files of a test. */
public final class ChooseJobs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ChooseJobs() {}

  public static ChooseConfig config(
      String job, List<Path> outputs, long pieceBytes, Path... inputs) {
    return new ChooseConfig(
        job,
        new InputReading(List.of(inputs).stream().map(Path::toString).toList(), pieceBytes, 5_000),
        outputs.stream().map(Path::toString).toList(),
        new FormatChoice.Unneeded(),
        Compression.NONE,
        provenance("1"),
        (rejected, in) -> false);
  }

  private static Provenance provenance(String top) {
    return new Provenance(
        "touchstone test", new TreeMap<>(Map.of("choice.top", top)), Set.of("choice.top"));
  }

  public static ChoosePlan plan(ChooseConfig config) {
    return ChoosePlan.of(config, new Configuration());
  }

  /** The same, with the format of each file found by its fields. */
  public static ChooseConfig withFormats(ChooseConfig config) {
    return new ChooseConfig(
        config.job(),
        config.reading(),
        config.outputs(),
        new FormatChoice.ByFields(),
        config.compression(),
        config.provenance(),
        config.maxRejected());
  }

  public static ChooseConfig withTop(ChooseConfig config, String top) {
    return new ChooseConfig(
        config.job(),
        config.reading(),
        config.outputs(),
        config.format(),
        config.compression(),
        provenance(top),
        config.maxRejected());
  }

  static ChooseConfig with(ChooseConfig config, Compression compression) {
    return new ChooseConfig(
        config.job(),
        config.reading(),
        config.outputs(),
        config.format(),
        compression,
        config.provenance(),
        config.maxRejected());
  }

  static ChooseConfig withLimit(ChooseConfig config, long mostRejected) {
    return new ChooseConfig(
        config.job(),
        config.reading(),
        config.outputs(),
        config.format(),
        config.compression(),
        config.provenance(),
        (rejected, in) -> rejected > mostRejected);
  }

  public static FilterRequest top(long count, FilterRequest.Part... parts) {
    return new FilterRequest(
        new FilterRule("reward", FilterRule.Bounds.NONE, null, null),
        new TopLimit(count, null),
        Set.of(parts));
  }

  public static FilterRequest ask(
      @Nullable String where, @Nullable String fraction, FilterRequest.Part... parts) {
    return new FilterRequest(
        new FilterRule(
            "reward",
            new FilterRule.Bounds(-50, 50),
            where == null ? null : Where.parse(where),
            null),
        new TopLimit(null, fraction == null ? null : new BigDecimal(fraction)),
        Set.of(parts));
  }

  public static List<JsonNode> rows(Path folder) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Jobs.parts(folder).lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
