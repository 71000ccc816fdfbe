package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Topic;
import io.touchstone.engine.AnswerScale;
import io.touchstone.engine.EncoderWishes;
import io.touchstone.engine.EncoderWishes.RowKind;
import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How an encoder reads rows. */
public final class EncoderSettings {
  private EncoderSettings() {}

  private static final String NONE = "none";

  public static final Setting<Optional<EncodeChoice>> ENCODE =
      Setting.of(Topic.MODEL, "model.encode", "--encode", "answer|pair|conversation", NONE)
          .withHelp(
              "what an encoder reads, which must be said: the scored turn alone; all turns before,"
                  + " joined by a newline, and the scored turn, as two texts; or all turns one behind"
                  + " another, as one text")
          .as(Readers.optional(NONE, Readers.oneOf(EncodeChoice.class)));

  public static final Setting<OverLong> OVER_LONG =
      Setting.of(Topic.MODEL, "model.over-long", "--over-long", "reject|cut", "reject")
          .withHelp(
              "what becomes of a text with more tokens than an encoder takes: its row is rejected, or"
                  + " it is cut as transformers' truncation=True does, and counted")
          .as(Readers.oneOf(OverLong.class));

  public static final Setting<OptionalInt> MAX_CHARACTERS =
      Setting.of(Topic.MODEL, "model.max-characters", "--max-characters", "N", "all")
          .withHelp(
              "with --over-long cut: of each text only so many characters are tokenized, as NeMo"
                  + " Curator does")
          .as(Readers.positiveOr("all"));

  static final List<Setting<?>> ALL = List.of(ENCODE, OVER_LONG, MAX_CHARACTERS);

  public static final Setting<Optional<String>> TEXT_FIELD =
      Setting.of(Topic.INPUT, "input.text-field", "--text-field", "PATH", NONE)
          .withHelp(
              "in place of --format: rows are documents without turns, whose text this field holds;"
                  + " for encoders. The score is written as reward")
          .as(Readers.optional(NONE, Readers.notBlank("a field's name")));

  /** What is asked of an encoder. */
  public static EncoderWishes of(Settings settings, RowKind rows) {
    return new EncoderWishes(
        settings.get(ENCODE),
        settings.get(OVER_LONG),
        settings.get(MAX_CHARACTERS),
        settings.get(AskSettings.AS) == AnswerScale.PROBABILITY
            ? OutputScale.PROBABILITY
            : OutputScale.RAW,
        rows);
  }
}
