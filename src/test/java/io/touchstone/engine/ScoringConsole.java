package io.touchstone.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A warm model that another process asks over standard input: so benchmarks/compare.py can let it
 * take turns with other programs.
 *
 * <pre>
 * java @jobs/lib/jvm.options -cp … io.touchstone.engine.ScoringConsole MODEL_FOLDER fp32|bf16|bf16-native THREADS wall|processor
 * </pre>
 *
 * <p>One question a line, one line of JSON as the answer. {@code read FILE} prepares the rows of a
 * file and answers the token ids of every conversation, {@code {"rows": [[[ids]…]…]}}; {@code
 * score} runs the rows that were read last through the model and answers {@code {"seconds",
 * "computed", "linear_flops", "attention_flops", "scores"}}, a list of scores for each row; {@code
 * ceiling} answers {@code {"gflops"}} of fp32 matrix products at the model's shapes, by the clock
 * or by the time that threads are given.
 */
final class ScoringConsole {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scorer scorer;
  private final GemmCeiling gemm;
  private List<PreparedRow> rows = List.of();

  private ScoringConsole(Scorer scorer, GemmCeiling gemm) {
    this.scorer = scorer;
    this.gemm = gemm;
  }

  public static void main(String[] args) throws IOException {
    Path model = Path.of(args[0]);
    int threads = Integer.parseInt(args[2]);
    DecoderConfig decoder = Checkpoint.open(model).decoder();
    GemmCeiling gemm =
        args[3].equals("processor")
            ? GemmCeiling.ofProcessorTime(decoder, threads)
            : new GemmCeiling(decoder, threads);
    try (Scorer scorer = EngineScorerFactory.of(config(model, args[1], threads)).open();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      ScoringConsole console = new ScoringConsole(scorer, gemm);
      String question;
      while ((question = questions.readLine()) != null) {
        System.out.println(JSON.writeValueAsString(console.answer(question)));
      }
    }
    System.exit(0);
  }

  private static EngineConfig config(Path model, String precision, int threads) {
    EngineConfig usual = EngineConfig.defaults(model);
    return new EngineConfig(
        usual.model(),
        Checkpoint.Reading.defaults(),
        EngineConfig.Known.NOT,
        usual.prompt(),
        usual.rewardToken(),
        usual.attributes(),
        usual.maxTokens(),
        usual.templateDate(),
        Precision.valueOf(precision.toUpperCase(Locale.ROOT).replace('-', '_')),
        new DeviceRule.Cpu(),
        new Resources(threads, 0, 0));
  }

  private Map<String, Object> answer(String question) throws IOException {
    if (question.startsWith("read ")) {
      rows = BenchmarkRows.read(scorer, Path.of(question.substring("read ".length())));
      return Map.of("rows", rows.stream().map(ScoringConsole::ids).toList());
    } else if (question.equals("score")) {
      return score();
    } else if (question.equals("ceiling")) {
      return Map.of("gflops", gemm.rate());
    }
    throw new IllegalArgumentException("expected read FILE, score or ceiling, found " + question);
  }

  private static List<int[]> ids(PreparedRow row) {
    return IntStream.range(0, row.promptTokens().size())
        .mapToObj(i -> row.tree().path(i).stream().flatMapToInt(Arrays::stream).toArray())
        .toList();
  }

  private Map<String, Object> score() {
    LoadResult result = scorer.score(rows);
    List<List<Float>> scores = result.verdicts().stream().map(ScoringConsole::values).toList();
    int conversations = scores.stream().mapToInt(List::size).sum();
    return Map.of(
        "seconds", result.forwardNanos() / 1e9,
        "computed", result.computedTokens(),
        "linear_flops", gemm.linearFlops(result.computedTokens(), conversations),
        "attention_flops", gemm.attentionFlops(rows),
        "scores", scores);
  }

  private static List<Float> values(Verdict verdict) {
    return ((Scored) verdict).rewards().stream().map(reward -> reward.values()[0]).toList();
  }
}
