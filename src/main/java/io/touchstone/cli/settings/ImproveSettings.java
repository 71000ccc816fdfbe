package io.touchstone.cli.settings;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.RowFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Everything that {@code improve} decides for its stages, with its built-in default. */
public final class ImproveSettings {
  private ImproveSettings() {}

  private static final String FOLDER_OR_SERVER = "DIR|URL#NAME";

  public static final Setting<Optional<String>> GENERATE_MODEL =
      model(
          "improve.generate-model",
          "--generate-model",
          "the model that answers: a folder in Hugging Face form, demo for the bundled"
              + " demonstration, or a server that speaks OpenAI's chat completions, as"
              + " http://HOST:8000/v1#NAME (required)");

  public static final Setting<Optional<String>> FEEDBACK_MODEL =
      model(
          "improve.feedback-model",
          "--feedback-model",
          "the model that comments on the best response; the same folder or server is no problem"
              + " (required)");

  public static final Setting<Optional<String>> EDIT_MODEL =
      model(
          "improve.edit-model",
          "--edit-model",
          "the model that writes the response anew by the feedback (required)");

  public static final Setting<Optional<String>> SELECT_MODEL =
      Setting.of(Topic.MODEL, "improve.select-model", "--select-model", "DIR", "none")
          .withHelp(
              "the reward model, of one output, that says which response is best, and whether an edit"
                  + " is better; demo is the bundled demonstration, which is no reward model"
                  + " (required)")
          .as(Readers.optional("none", Readers.notBlank("a folder, or demo")));

  public static final Setting<Integer> RESPONSES =
      Setting.of(Topic.GENERATION, "improve.responses", "--responses", "N", "8")
          .withHelp("responses to each prompt, of which the best one is edited")
          .as(Readers.integer(1));

  public static final Setting<OptionalInt> RESPONSE_TOKENS =
      Setting.of(Topic.GENERATION, "improve.response-tokens", "--response-tokens", "N", "unset")
          .withHelp("after so many tokens a response ends, thought and all (required)")
          .as(Readers.positiveOr("unset"));

  public static final Setting<Integer> FEEDBACKS =
      Setting.of(Topic.GENERATION, "improve.feedbacks", "--feedbacks", "N", "16")
          .withHelp(
              "comments on the best response, drawn at temperature 0.7 and top-p 0.9 unless"
                  + " feedback.generation.… of a file says otherwise; an edit is asked for by three"
                  + " at most")
          .as(Readers.integer(1));

  public static final Setting<Integer> FEEDBACK_TOKENS =
      Setting.of(Topic.GENERATION, "improve.feedback-tokens", "--feedback-tokens", "N", "128")
          .withHelp("after so many tokens a comment ends, thought and all")
          .as(Readers.integer(1));

  public static final Setting<Integer> EDITS =
      Setting.of(Topic.GENERATION, "improve.edits", "--edits", "N", "1")
          .withHelp(
              "edits of the best response; the first is greedy, others are drawn as the folder's"
                  + " generation_config.json says")
          .as(Readers.integer(1));

  public static final Setting<Integer> EDIT_TOKENS =
      Setting.of(Topic.GENERATION, "improve.edit-tokens", "--edit-tokens", "N", "4096")
          .withHelp("after so many tokens an edit ends, thought and all")
          .as(Readers.integer(1));

  public static final Setting<Boolean> EDIT_WITHOUT_FEEDBACK =
      Setting.of(
              Topic.GENERATION,
              "improve.edit-without-feedback",
              "--edit-without-feedback",
              "",
              "no")
          .withBare("yes")
          .withHelp(
              "asks for an edit also where no feedback finds anything to improve; without it the"
                  + " response stays")
          .as(Readers::yesOrNo);

  public static final Setting<String> FEEDBACK_RECIPE =
      Setting.of(
              Topic.GENERATION,
              "improve.feedback-recipe",
              "--feedback-recipe",
              "FILE",
              "conf/recipes/feedback.conf")
          .withHelp(
              "how feedback is asked for; a path that is not there is looked for where Touchstone lies")
          .as(Readers.notBlank("a file"));

  public static final Setting<String> EDIT_RECIPE =
      Setting.of(
              Topic.GENERATION,
              "improve.edit-recipe",
              "--edit-recipe",
              "FILE",
              "conf/recipes/edit.conf")
          .withHelp("how an edit is asked for")
          .as(Readers.notBlank("a file"));

  public static final Setting<Optional<String>> RESPONSES_FROM =
      from(
          "improve.responses-from",
          "--responses-from",
          "responses",
          "a field with responses that rows bring: those that have it are not answered again");

  public static final Setting<Optional<String>> FEEDBACK_FROM =
      from(
          "improve.feedback-from",
          "--feedback-from",
          "feedback",
          "a field with feedback that rows bring, on the response that is best: those that have it"
              + " are given no other");

  public static final Setting<Optional<RowFormat>> FORMAT = GenerateSettings.FORMAT;

  public static final Setting<Optional<DataSize>> MEMORY =
      RunSettings.MEMORY.withHelp(
          "what a replica of the stage's model may take; machine takes three quarters of what is left"
              + " beside the largest heap, or nine tenths of the GPU's");

  public static final Setting<Optional<String>> STAGES =
      Setting.of(Topic.RUN, "improve.stages", "--stages", "DIR", "none")
          .withHelp(
              "checks all, writes into DIR how each stage that is left is called, and ends: what"
                  + " jobs/improve itself begins with")
          .as(Readers.optional("none", Readers.notBlank("a folder, or none")));

  public static final List<Setting<?>> ALL =
      Setting.all(
          List.of(FORMAT, InputSettings.MAP, RESPONSES_FROM, FEEDBACK_FROM),
          List.of(InputSettings.MAX_LINE_BYTES, InputSettings.PIECE_BYTES),
          List.of(RESPONSES, RESPONSE_TOKENS, FEEDBACKS, FEEDBACK_TOKENS, EDITS, EDIT_TOKENS),
          List.of(EDIT_WITHOUT_FEEDBACK, FEEDBACK_RECIPE, EDIT_RECIPE),
          List.of(OutputSettings.MAX_REJECTED),
          List.of(GENERATE_MODEL, FEEDBACK_MODEL, EDIT_MODEL, SELECT_MODEL),
          List.of(RunSettings.DEVICE, MEMORY, RunSettings.THREADS, STAGES));

  private static Setting<Optional<String>> model(String key, String flag, String help) {
    return Setting.of(Topic.MODEL, key, flag, FOLDER_OR_SERVER, "none")
        .withHelp(help)
        .as(Readers.optional("none", Readers.notBlank("a folder, demo or URL#NAME")));
  }

  private static Setting<Optional<String>> from(
      String key, String flag, String usual, String help) {
    return Setting.of(Topic.INPUT, key, flag, "NAME", usual)
        .withHelp(help)
        .as(Readers.optional("none", Readers.notBlank("the name of a field, or none")));
  }
}
