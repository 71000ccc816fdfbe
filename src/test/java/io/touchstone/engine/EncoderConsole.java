package io.touchstone.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A warm encoder that benchmarks/encoders.py asks over standard input, as {@link ScoringConsole} is
 * for decoders; texts are whole conversations, cut.
 *
 * <pre>
 * java @jobs/lib/jvm.options -cp … io.touchstone.engine.EncoderConsole MODEL_FOLDER THREADS
 * </pre>
 *
 * <p>{@code read FILE} answers {@code {"rows": [[ids]…]}}, one list of ids for each text; {@code
 * score} answers {@code {"seconds", "cpu", "computed", "scores"}}.
 */
final class EncoderConsole {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EncoderConsole() {}

  public static void main(String[] args) throws IOException {
    EngineConfig config =
        EncoderFolders.config(
                Path.of(args[0]),
                OptionalInt.empty(),
                Precision.FP32,
                new Resources(Integer.parseInt(args[1]), 0, 0))
            .with(EncoderFolders.wishes(EncodeChoice.CONVERSATION, OverLong.CUT));
    List<PreparedRow> rows = List.of();
    try (Scorer scorer = FolderScorers.of(config).open();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String question;
      while ((question = questions.readLine()) != null) {
        if (question.startsWith("read ")) {
          rows = BenchmarkRows.read(scorer, Path.of(question.substring("read ".length())));
          System.out.println(
              JSON.writeValueAsString(
                  Map.of("rows", rows.stream().flatMap(row -> ids(row).stream()).toList())));
        } else {
          System.out.println(JSON.writeValueAsString(score(scorer, rows)));
        }
      }
    }
    System.exit(0);
  }

  private static List<int[]> ids(PreparedRow row) {
    return IntStream.range(0, row.promptTokens().size())
        .mapToObj(i -> row.tree().path(i).stream().flatMapToInt(Arrays::stream).toArray())
        .toList();
  }

  private static Map<String, Object> score(Scorer scorer, List<PreparedRow> rows) {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    LoadResult result = scorer.score(rows);
    return Map.of(
        "seconds",
        result.forwardNanos() / 1e9,
        "cpu",
        (machine.getProcessCpuTime() - cpu) / 1e9,
        "computed",
        result.computedTokens(),
        "scores",
        result.verdicts().stream()
            .flatMap(verdict -> ((Scored) verdict).rewards().stream())
            .map(reward -> reward.values()[0])
            .toList());
  }
}
