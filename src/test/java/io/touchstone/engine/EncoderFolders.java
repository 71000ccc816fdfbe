package io.touchstone.engine;

import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Our tiny encoders, and scorers of them. */
final class EncoderFolders {
  private static final Path OWN = Path.of("src/test/resources/encoders");

  private EncoderFolders() {}

  /** Every one, by {@code make_encoders.py}. */
  static Stream<Path> all() {
    return Stream.of(
            "bert-answer",
            "bert-pair",
            "curator-answer",
            "deberta-conversation",
            "deberta-pair",
            "modernbert-answer",
            "modernbert-pair",
            "roberta-pair")
        .map(EncoderFolders::folder);
  }

  static Path folder(String name) {
    return OWN.resolve(name);
  }

  /** What a model of that name reads. */
  static EncodeChoice encode(String name) {
    return Arrays.stream(EncodeChoice.values())
        .filter(choice -> name.endsWith(choice.word().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }

  static ScorerFactory factory(
      Path folder, EncodeChoice encode, OverLong overLong, OptionalInt maxTokens) {
    return FolderScorers.of(
        config(folder, maxTokens, Precision.FP32, Resources.OF_THE_MACHINE)
            .with(wishes(encode, overLong)));
  }

  static EncoderWishes wishes(EncodeChoice encode, OverLong overLong) {
    return new EncoderWishes(
        Optional.of(encode),
        overLong,
        OptionalInt.empty(),
        OutputScale.RAW,
        EncoderWishes.RowKind.CONVERSATIONS);
  }

  static EngineConfig config(
      Path folder, OptionalInt maxTokens, Precision precision, Resources resources) {
    EngineConfig config = EngineConfig.defaults(folder);
    return new EngineConfig(
        folder,
        config.reading(),
        config.known(),
        config.prompt(),
        config.rewardToken(),
        List.of(),
        maxTokens,
        config.templateDate(),
        precision,
        new DeviceRule.Cpu(),
        resources);
  }
}
