package io.touchstone.cli.settings;

import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.RowFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Everything that can be set for {@code generate}, with its built-in default. */
public final class GenerateSettings {
  private GenerateSettings() {}

  public static final Setting<Optional<RowFormat>> FORMAT =
      InputSettings.FORMAT.withHelp(
          "the line format, as jobs/annotate --help lists them; auto finds it by the fields of the"
              + " first lines, also where there are no answers");

  public static final Setting<Boolean> CONTINUE =
      Setting.of(Topic.INPUT, "input.continue", "--continue", "", "no")
          .withBare("yes")
          .withHelp(
              "rows whose turns end with the assistant's are continued where that turn ends; without"
                  + " it that turn is left out, as any answer")
          .as(Readers::yesOrNo);

  public static final Setting<Optional<String>> ID_FIELD =
      Setting.of(Topic.INPUT, "input.id-field", "--id-field", "NAME", "none")
          .withHelp(
              "the field that tells rows apart where samples are drawn, a text or a number; none takes"
                  + " the prompt's tokens, so that equal prompts are given equal samples")
          .as(Readers.optional("none", Readers.notBlank("the name of a field, or none")));

  /** Which rows are answered, and as what. */
  static final List<Setting<?>> OF_ROWS =
      List.of(
          FORMAT,
          InputSettings.MAP,
          CONTINUE,
          ID_FIELD,
          InputSettings.SYSTEM_COLUMN,
          InputSettings.TOOLS,
          InputSettings.DROP_COLUMNS,
          InputSettings.MAX_LINE_BYTES,
          InputSettings.PIECE_BYTES);

  public static final Setting<Optional<String>> MODEL =
      ModelSettings.orNone(
          "the folder of a model that generates, in Hugging Face form; demo is the bundled"
              + " demonstration, which knows nothing; none where --endpoint names a server");

  public static final Setting<Optional<ToolsFile>> TOOLS_FILE =
      Setting.of(Topic.MODEL, "model.tools-file", "--tools", "FILE", "none")
          .withHelp(
              "a JSON array of tools that the chat template is handed for each row that has none of"
                  + " its own")
          .as(Readers.optional("none", ToolsFile::read));

  public static final Setting<Optional<Boolean>> THINKING =
      Setting.of(Topic.MODEL, "model.thinking", "--thinking", "on|off", "unset")
          .withHelp(
              "enable_thinking, for templates that know it; unset hands the template nothing, and its"
                  + " own default holds")
          .as(Readers.optional("unset", GenerateSettings::onOrOff));

  public static final Setting<Boolean> SANITIZE =
      Setting.of(Topic.MODEL, "model.sanitize", "--sanitize", "", "no")
          .withBare("yes")
          .withHelp(
              "special tokens that a row spells out are text; without it they become those tokens, as"
                  + " transformers has it, and are counted")
          .as(Readers::yesOrNo);

  public static final Setting<MambaSteps> MAMBA_DT =
      Setting.of(
              Topic.MODEL, "model.mamba-dt", "--mamba-dt", "published|transformers5", "published")
          .withHelp(
              "the bounds of a Mamba layer's time steps: time_step_limit, as the model was published,"
                  + " or time_step_min in prompts alone, as transformers 5.23 has it")
          .as(Readers.oneOf(MambaSteps.class));

  public static final Setting<LocalDate> TEMPLATE_DATE =
      ModelSettings.TEMPLATE_DATE.withHelp(
          "the date that chat templates see as today, so that prompts do not change from day to day");

  public static final Setting<Optional<DataSize>> MEMORY =
      RunSettings.MEMORY.withHelp(
          "what a replica may take for its weights at hand and for what it remembers of the answers"
              + " under way, beside the Java heap and the mapped checkpoint: it decides how many"
              + " those are; machine takes three quarters of what is left beside the largest heap,"
              + " or nine tenths of the GPU's");

  public static final Setting<OptionalInt> LOAD_TOKENS =
      RunSettings.LOAD_TOKENS.withHelp(
          "the most tokens that go through the model's layers together: one of each answer under way,"
              + " and some of new prompts; memory takes as many as suit the machine");

  public static final Setting<OptionalInt> ROW_TIMEOUT =
      RunSettings.ROW_TIMEOUT.withHelp(
          "how long one pass of the model may take; a process that takes longer ends itself, the rows"
              + " under way are then answered one by one, and one that is late alone is rejected");

  /** Of a model that is read here, which a server has for itself. */
  public static final List<Setting<?>> OF_FOLDER =
      List.of(
          ModelSettings.BASE,
          ModelSettings.CHAT_TEMPLATE,
          SANITIZE,
          ModelSettings.TOKENIZER,
          TEMPLATE_DATE,
          MAMBA_DT,
          ModelSettings.PRECISION,
          RunSettings.DEVICE,
          MEMORY,
          LOAD_TOKENS);

  public static final List<Setting<?>> ALL =
      Setting.all(
          OF_ROWS,
          RecipeSettings.ALL,
          SamplingSettings.ALL,
          List.of(OutputSettings.FORMAT, OutputSettings.COMPRESS),
          List.of(OutputSettings.MAX_REJECTED, OutputSettings.METRICS),
          List.of(MODEL, THINKING, TOOLS_FILE),
          OF_FOLDER,
          EndpointSettings.ALL,
          List.of(RunSettings.THREADS, ROW_TIMEOUT),
          List.of(RunSettings.EXECUTOR_WAIT, AnnotateSettings.DEVICE_MODEL));

  /**
   * A folder begun with other values of these is not finished, but refused. What else decides
   * answers the plan records by what it comes to.
   */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN = Set.of();

  private static boolean onOrOff(String text) {
    if (text.equals("on") || text.equals("off")) {
      return text.equals("on");
    }
    throw Readers.refused("on, off or unset", text);
  }
}
