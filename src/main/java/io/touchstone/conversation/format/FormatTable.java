package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.Field.messages;
import static io.touchstone.conversation.format.Field.shareGptTurns;
import static io.touchstone.conversation.format.Field.textOrMessages;
import static io.touchstone.conversation.format.ScoreNames.label;
import static io.touchstone.conversation.format.ScoreNames.lists;
import static io.touchstone.conversation.format.ScoreNames.values;

import java.util.List;
import java.util.stream.Stream;

/**
 * The line formats that are known, one record each. A format is told by fields that only its rows
 * have; what each is called in published data sets stands in docs/data.md.
 */
public final class FormatTable {

  private FormatTable() {}

  private static final String FROM = "conversations[].from";
  private static final String ROLE = "messages[].role";
  private static final String VALUE = "conversations[].value";

  public static final RowFormat STEERLM =
      new RowFormat(
          "steerlm",
          FormatNeeds.of("mask", FROM, VALUE),
          label("label"),
          new SteerlmLabels(ScoredTurns.LAST));

  public static final RowFormat HELPSTEER2 =
      new RowFormat(
          "helpsteer2",
          FormatNeeds.of("prompt", "response"),
          values("reward", "%s"),
          Answers.to(Asked.in("prompt"), "response"));

  public static final RowFormat HELPSTEER3 =
      new RowFormat(
          "helpsteer3",
          FormatNeeds.of("context", "response1", "response2"),
          values("reward", "%s1", "%s2"),
          Answers.to(Asked.in("context"), "response1", "response2"));

  /** Messages as chat templates take them. */
  public static final RowFormat MESSAGES =
      new RowFormat(
          "messages",
          FormatNeeds.of(ROLE),
          values("reward", "%s"),
          new Chat(messages("messages"), ScoredTurns.LAST));

  /** Turns of {@code {from, value}} with ShareGPT's names for the speakers. */
  public static final RowFormat SHAREGPT =
      new RowFormat(
          "sharegpt",
          FormatNeeds.of(FROM, VALUE).without("mask", "conversations[].label"),
          values("reward", "%s"),
          new Chat(shareGptTurns("conversations"), ScoredTurns.LAST));

  public static final RowFormat CANDIDATES =
      new RowFormat(
          "candidates",
          FormatNeeds.of("prompt", "responses"),
          lists("rewards", "%s"),
          AnswerLists.to(Asked.in("prompt"), "response", "responses"));

  public static final RowFormat PREFERENCE =
      new RowFormat(
          "preference",
          FormatNeeds.of("chosen", "rejected").without("chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.orNone("prompt"), "chosen", "rejected"));

  /** What a selection among candidates leaves. */
  public static final RowFormat BEST_OF_N =
      new RowFormat(
          "best-of-n",
          FormatNeeds.of("input", "output").without("instruction", "output[]"),
          values("reward", "%s"),
          Answers.to(Asked.in("input"), "output"));

  /** RM-Bench's and RewardBench 2's rows; RM-Bench's own programs name the scores so. */
  public static final RowFormat PREFERENCE_LISTS =
      new RowFormat(
          "preference-lists",
          FormatNeeds.of("prompt", "chosen[]", "rejected[]"),
          lists("score", "%s_chosen", "%s_rejected"),
          AnswerLists.to(Asked.in("prompt"), "answer", "chosen", "rejected"));

  public static final RowFormat JUDGEBENCH =
      new RowFormat(
          "judgebench",
          FormatNeeds.of("question", "response_A", "response_B"),
          values("score", "%s_A", "%s_B"),
          Answers.to(Asked.in("question"), "response_A", "response_B"));

  /** TRL's prompt and completion, with or without a label. */
  public static final RowFormat PROMPT_COMPLETION =
      new RowFormat(
          "prompt-completion",
          FormatNeeds.of("prompt", "completion"),
          values("reward", "%s"),
          Answers.to(Asked.in("prompt"), "completion"));

  public static final RowFormat ALPACA =
      new RowFormat(
          "alpaca",
          FormatNeeds.of("instruction", "output")
              .without("output[]", "chosen", "rejected", "orig_instruction"),
          values("reward", "%s"),
          Answers.to(Asked.instruction(), "output"));

  /** LLaMA-Factory's Alpaca rows with two answers. */
  public static final RowFormat ALPACA_PREFERENCE =
      new RowFormat(
          "alpaca-preference",
          FormatNeeds.of("instruction", "chosen", "rejected").without("prompt", "chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.instruction(), "chosen", "rejected"));

  /** LLaMA-Factory's ShareGPT rows with two last turns. */
  public static final RowFormat SHAREGPT_PREFERENCE =
      new RowFormat(
          "sharegpt-preference",
          FormatNeeds.of(FROM, VALUE, "chosen", "rejected").without("chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.in(shareGptTurns("conversations")), "chosen", "rejected"));

  /** Messages up to the last user's, and two messages that answer it, as axolotl takes them. */
  public static final RowFormat MESSAGES_PREFERENCE =
      new RowFormat(
          "messages-preference",
          FormatNeeds.of(ROLE, "chosen", "rejected").without("chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.in(messages("messages")), "chosen", "rejected"));

  public static final RowFormat MS_SWIFT =
      new RowFormat(
          "ms-swift",
          FormatNeeds.of(ROLE, "rejected_response"),
          values("reward", "chosen_%s", "rejected_%s"),
          new RejectedAnswer(messages("messages"), textOrMessages("rejected_response")));

  public static final RowFormat MS_SWIFT_MESSAGES =
      new RowFormat(
          "ms-swift-messages",
          FormatNeeds.of(ROLE, "rejected_messages"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.whole("messages", "rejected_messages"));

  /** Orca's pairs. */
  public static final RowFormat QUESTION_PREFERENCE =
      new RowFormat(
          "question-preference",
          FormatNeeds.of("question", "chosen", "rejected").without("prompt", "chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.in("question"), "chosen", "rejected"));

  /** Orca's pairs as distilabel rates them. */
  public static final RowFormat INPUT_PREFERENCE =
      new RowFormat(
          "input-preference",
          FormatNeeds.of("input", "chosen", "rejected")
              .without("prompt", "instruction", "question", "chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          Answers.to(Asked.in("input"), "chosen", "rejected"));

  /** HelpSteer2's preferences, and PPE's two or 32 answers to a prompt. */
  public static final RowFormat NUMBERED =
      new RowFormat(
          "numbered",
          FormatNeeds.of("prompt", "response_1", "response_2").without("response_0"),
          lists("rewards", "%s"),
          NumberedAnswers.to(Asked.in("prompt"), "response", 1));

  public static final RowFormat PKU_SAFERLHF =
      new RowFormat(
          "pku-saferlhf",
          FormatNeeds.of("prompt", "response_0", "response_1"),
          lists("rewards", "%s"),
          NumberedAnswers.to(Asked.in("prompt"), "response", 0));

  public static final RowFormat HELPSTEER3_EDIT =
      new RowFormat(
          "helpsteer3-edit",
          FormatNeeds.of("context", "original_response", "edited_response"),
          values("reward", "original_%s", "edited_%s"),
          Answers.to(Asked.in("context"), "original_response", "edited_response"));

  /** HelpSteer3's principles, and NeMo-RL's form of its answers. */
  public static final RowFormat CONTEXT_RESPONSE =
      new RowFormat(
          "context-response",
          FormatNeeds.of("context", "response").without("prompt", "instruction", "question"),
          values("reward", "%s"),
          Answers.to(Asked.in("context"), "response"));

  public static final RowFormat NEMO_RL =
      new RowFormat(
          "nemo-rl",
          FormatNeeds.of("context", "completions[].completion"),
          lists("rewards", "%s"),
          CANDIDATES.recipe(),
          FieldMap.parse("prompt=context,responses=completions[].completion"));

  public static final RowFormat ULTRAFEEDBACK =
      new RowFormat(
          "ultrafeedback",
          FormatNeeds.of("instruction", "completions[].response"),
          lists("rewards", "%s"),
          CANDIDATES.recipe(),
          FieldMap.parse("prompt=instruction,responses=completions[].response"));

  public static final RowFormat NECTAR =
      new RowFormat(
          "nectar",
          FormatNeeds.of("prompt", "answers[].answer"),
          lists("rewards", "%s"),
          CANDIDATES.recipe(),
          FieldMap.parse("responses=answers[].answer"));

  /** What distilabel generates, several to an instruction. */
  public static final RowFormat DISTILABEL =
      new RowFormat(
          "distilabel",
          FormatNeeds.of("instruction", "generations").without("chosen", "rejected", "input"),
          lists("rewards", "%s"),
          CANDIDATES.recipe(),
          FieldMap.parse("prompt=instruction,responses=generations"));

  /** Several answers in a list beside the input, as AlpacaEval's and OpenRLHF's. */
  public static final RowFormat OUTPUT_LISTS =
      new RowFormat(
          "output-lists",
          FormatNeeds.of("input", "output[]").without("instruction"),
          lists("rewards", "%s"),
          CANDIDATES.recipe(),
          FieldMap.parse("prompt=input,responses=output"));

  /** LMSYS-Chat-1M and WildChat. */
  public static final RowFormat CONVERSATION =
      new RowFormat(
          "conversation",
          FormatNeeds.of("conversation[].role"),
          values("reward", "%s"),
          new Chat(messages("conversation"), ScoredTurns.LAST));

  /** Chatbot Arena's votes on two conversations. */
  public static final RowFormat ARENA =
      new RowFormat(
          "arena",
          FormatNeeds.of("conversation_a[].role", "conversation_b[].role"),
          values("reward", "%s_a", "%s_b"),
          Answers.whole("conversation_a", "conversation_b"));

  /** The same as lists of texts. */
  public static final RowFormat ARENA_55K =
      new RowFormat(
          "arena-55k",
          FormatNeeds.of("prompt", "response_a", "response_b"),
          values("reward", "%s_a", "%s_b"),
          ParallelTurns.of("prompt", "response_a", "response_b"));

  /** AlpacaFarm's preferences, too, which have an input beside the instruction. */
  public static final RowFormat OFFSETBIAS =
      new RowFormat(
          "offsetbias",
          FormatNeeds.of("instruction", "output_1", "output_2"),
          values("reward", "%s_1", "%s_2"),
          Answers.to(Asked.instruction(), "output_1", "output_2"));

  public static final RowFormat MULTIPREF =
      new RowFormat(
          "multipref",
          FormatNeeds.of("text", "completion_a", "completion_b"),
          values("reward", "%s_a", "%s_b"),
          Answers.to(Asked.in("text"), "completion_a", "completion_b"));

  public static final RowFormat SHP =
      new RowFormat(
          "shp",
          FormatNeeds.of("history", "human_ref_A", "human_ref_B"),
          values("reward", "%s_A", "%s_B"),
          Answers.to(Asked.in("history"), "human_ref_A", "human_ref_B"));

  /** TRL's rows for process reward models; {@code labels} stay what they are. */
  public static final RowFormat STEPWISE =
      new RowFormat(
          "stepwise",
          FormatNeeds.of("prompt", "completions[]", "labels"),
          values("reward", "%s"),
          StepAnswers.to(Asked.in("prompt"), "steps"),
          FieldMap.parse("steps=completions"));

  /**
   * Candidates with their rewards, and edits of the best of them: the edits are scored, and the
   * best of all is told. Such rows are candidates too, so that who means their edits has to say so.
   */
  public static final RowFormat EDITS =
      new RowFormat(
          "edits",
          FormatNeeds.of("prompt", "responses", "rewards", "edits"),
          values("reward", "%s"),
          new Edits(Asked.in("prompt")));

  /** By which rows are known that hold nothing but a prompt. */
  static final List<RowFormat> BARE =
      List.of(CANDIDATES, HELPSTEER3, JUDGEBENCH, ALPACA, BEST_OF_N);

  /** Those that are found by the fields of rows, in the order in which they are told to users. */
  public static final List<RowFormat> ALL =
      List.of(
          STEERLM,
          HELPSTEER2,
          HELPSTEER3,
          MESSAGES,
          SHAREGPT,
          CANDIDATES,
          PREFERENCE,
          BEST_OF_N,
          PREFERENCE_LISTS,
          JUDGEBENCH,
          PROMPT_COMPLETION,
          ALPACA,
          ALPACA_PREFERENCE,
          SHAREGPT_PREFERENCE,
          MESSAGES_PREFERENCE,
          MS_SWIFT,
          MS_SWIFT_MESSAGES,
          QUESTION_PREFERENCE,
          INPUT_PREFERENCE,
          NUMBERED,
          PKU_SAFERLHF,
          HELPSTEER3_EDIT,
          CONTEXT_RESPONSE,
          NEMO_RL,
          ULTRAFEEDBACK,
          NECTAR,
          DISTILABEL,
          OUTPUT_LISTS,
          CONVERSATION,
          ARENA,
          ARENA_55K,
          OFFSETBIAS,
          MULTIPREF,
          SHP,
          STEPWISE);

  /** Those that a user can name. */
  public static final List<RowFormat> NAMED =
      Stream.concat(ALL.stream(), Stream.of(EDITS)).toList();
}
