package io.touchstone.scoring.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.Chats;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.ReadOut;
import io.touchstone.scoring.Steps;
import io.touchstone.scoring.WordTokens;
import io.touchstone.scoring.prompt.PromptScorer.Prompting;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.SteerLmPrompt;
import io.touchstone.tokenizer.SpecialTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RowTokenizerTest {
  private static final String LONG = "a b c d e f g h i j k l";
  private static final String OTHER = "m n o p q r s t u v w x";

  private final WordTokens tokenizer = new WordTokens();
  private ReadOut readOut = new ReadOut.LastToken();
  private int maxTokens = 1_000;
  private Question question = Question.NONE;

  @Test
  void readsLabelledTurnsInOnePass() {
    PreparedRow row =
        prepared(
            Chats.LIKE_LLAMA,
            Chats.of(LONG, OTHER),
            Chats.of(LONG, OTHER, LONG, OTHER),
            Chats.of(LONG, OTHER, LONG, OTHER, LONG, OTHER));
    assertThat(row.promptTokens()).containsExactly(31, 61, 91);
    assertThat(row.tree().tokens()).isEqualTo(91);
    assertThat(row.presentedTokens()).isEqualTo(31 + 61 + 91);
    String turn = "<user>\n\n" + LONG + "<end><assistant>\n\n" + OTHER + "<end>";
    assertThat(path(row, 2))
        .containsExactly(
            "<s>" + turn, turn, "<user>\n\n" + LONG + "<end><assistant>\n\n", OTHER + "<end>");
    assertThat(path(row, 1)).isEqualTo(path(row, 2).subList(0, 2));
    assertThat(path(row, 0)).isEqualTo(path(row, 2).subList(0, 1));
  }

  @Test
  void sharesAllButTheAnswerWhereAnEarlierPromptIsNoPrefix() {
    PreparedRow row =
        prepared(Chats.THINKS_LAST, Chats.of(LONG, OTHER), Chats.of(LONG, OTHER, LONG, OTHER));
    String prompt = "<user>\n" + LONG + "<end>\n<assistant>\n";
    String thought = "<think>\n\n</think>\n\n";
    assertThat(path(row, 0)).containsExactly(prompt, thought + OTHER + "<end>\n");
    assertThat(path(row, 1))
        .containsExactly(prompt, OTHER + "<end>\n" + prompt + thought, OTHER + "<end>\n");
  }

  @Test
  void cutsCandidatesAtTheirPromptAndWhereTheyPart() {
    PreparedRow row =
        prepared(
            Chats.LIKE_LLAMA,
            Chats.of(LONG, OTHER + " yes"),
            Chats.of(LONG, OTHER + " no"),
            Chats.of(LONG, "none"),
            Chats.of(LONG, "none"));
    String prompt = "<s><user>\n\n" + LONG + "<end><assistant>\n\n";
    assertThat(path(row, 0)).containsExactly(prompt, OTHER, " yes<end>");
    assertThat(path(row, 1)).containsExactly(prompt, OTHER, " no<end>");
    assertThat(path(row, 2)).containsExactly(prompt, "none<end>");
    assertThat(row.tree().ends()[3]).isEqualTo(row.tree().ends()[2]);
  }

  @Test
  void cutsRowsOfOnePromptAlike() {
    PreparedRow one = prepared(Chats.LIKE_LLAMA, Chats.withSystem(LONG, LONG, OTHER));
    PreparedRow two = prepared(Chats.LIKE_LLAMA, Chats.withSystem(LONG, LONG, "none"));
    PreparedRow three = prepared(Chats.LIKE_LLAMA, Chats.withSystem(LONG, "who?", "none"));
    assertThat(path(one, 0)).hasSize(3);
    assertThat(path(one, 0).subList(0, 2)).isEqualTo(path(two, 0).subList(0, 2));
    assertThat(path(one, 0).get(0)).isEqualTo(path(three, 0).get(0));
  }

  @Test
  void eachPrincipleIsCutAsIfItWereAskedAlone() {
    question = new Question("is this answer what I call {principle} ?", List.of());
    List<String> principles = List.of(LONG + " yes", LONG + " no", "good");
    List<Conversation> answers = List.of(Chats.of(LONG, OTHER + " yes"), Chats.of(LONG, OTHER));
    PreparedRow all = (PreparedRow) prepare(Chats.prompt(Chats.LIKE_LLAMA), answers, principles);
    assertThat(all.tree().ends()).hasSize(6);
    int cuts = 0;
    for (int p = 0; p < principles.size(); p++) {
      PreparedRow alone =
          (PreparedRow)
              prepare(Chats.prompt(Chats.LIKE_LLAMA), answers, List.of(principles.get(p)));
      for (int c = 0; c < answers.size(); c++) {
        assertThat(path(all, 3 * c + p)).isEqualTo(path(alone, c));
        assertThat(all.promptTokens().get(3 * c + p)).isEqualTo(alone.promptTokens().get(c));
        cuts += path(alone, c).size();
      }
      assertThat(String.join("", path(alone, 0)))
          .endsWith("<user>\n\nis this answer what I call " + principles.get(p) + " ?<end>");
    }
    assertThat(cuts).isGreaterThan(6);
    String before = String.join("", path(all, 0).subList(0, path(all, 0).size() - 1));
    assertThat(before).endsWith("is this answer what I");
    assertThat(path(all, 1).subList(0, path(all, 1).size() - 1))
        .isEqualTo(path(all, 0).subList(0, path(all, 0).size() - 1));
  }

  @Test
  void refusesMorePromptsThanAModelAnswersInAYear() {
    question = new Question("{principle}", List.of());
    List<Conversation> answers = Collections.nCopies(100, Chats.of("a", "b"));
    List<String> principles = IntStream.range(0, 700).mapToObj(i -> "p" + i).toList();
    Preparation preparation = prepare(Chats.prompt(Chats.LIKE_LLAMA), answers, principles);
    assertThat(((Preparation.Unpreparable) preparation).rejected())
        .isEqualTo(
            new Rejected(
                "too-many-prompts",
                "expected at most 65536 prompts, found 100 conversations and 700 questions about"
                    + " each"));
  }

  @Test
  void endsAtTheReadOut() {
    tokenizer.encode("<end>");
    readOut = new ReadOut.LastTokenBesides(0);
    PreparedRow row = prepared(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER));
    assertThat(row.promptTokens()).containsExactly(31);
    assertThat(row.tree().tokens()).isEqualTo(30);
    assertThat(String.join("", path(row, 0))).endsWith(OTHER);
  }

  @Test
  void appendsTheTokenThatIsReadUnlessItIsThere() {
    int end = tokenizer.encode("<end>")[0];
    int reward = tokenizer.encode("reward")[0];
    PreparedRow without = prepared(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER), Chats.of(LONG, "one"));
    readOut = new ReadOut.AppendedToken(reward);
    PreparedRow row = prepared(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER), Chats.of(LONG, "one"));
    for (int c = 0; c < 2; c++) {
      assertThat(row.promptTokens().get(c)).isEqualTo(without.promptTokens().get(c) + 1);
      assertThat(String.join("", path(row, c)))
          .isEqualTo(String.join("", path(without, c)) + "reward");
    }
    // What both begin with is still found at the borders of turns.
    assertThat(row.distinctTokens()).isEqualTo(without.distinctTokens() + 2);
    readOut = new ReadOut.AppendedToken(end);
    assertThat(prepared(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER)).promptTokens())
        .containsExactly(without.promptTokens().get(0));
  }

  @Test
  void countsAnAppendedTokenAgainstTheMostTokens() {
    readOut = new ReadOut.AppendedToken(tokenizer.encode("reward")[0]);
    maxTokens = 31;
    assertThat(refusal(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER)))
        .isEqualTo("too-many-tokens: expected at most 31 tokens, found 32");
  }

  @Test
  void countsSpelledSpecialTokensOfATurnOnce() {
    PreparedRow row =
        prepared(Chats.LIKE_LLAMA, Chats.of("<end> one", "two"), Chats.of("<end> one", "<end>"));
    assertThat(row.specialTokensInText()).isEqualTo(3);
  }

  @Test
  void saysWhichConversationIsTooLong() {
    maxTokens = 30;
    assertThat(refusal(Chats.LIKE_LLAMA, Chats.of(LONG, "one"), Chats.of(LONG, OTHER)))
        .isEqualTo(
            "too-many-tokens: conversation 1 of the row: expected at most 30 tokens, found 31");
    assertThat(refusal(Chats.LIKE_LLAMA, Chats.of(LONG, OTHER)))
        .isEqualTo("too-many-tokens: expected at most 30 tokens, found 31");
    assertThat(refusal("", Chats.of("one", "two")))
        .isEqualTo("empty-prompt: expected at least one token, found none");
    assertThat(refusal(Chats.RAISES, Chats.of("one", "two"))).startsWith("template-error: ");
  }

  @Test
  void rendersNoPartOfAChatThatIsTooLong() {
    StringBuilder line = new StringBuilder("{\"mask\":\"User\",\"conversations\":[");
    for (int i = 0; i < 100_000; i++) {
      line.append(i == 0 ? "" : ",");
      line.append(
          "{\"from\":\"User\",\"value\":\"q\"},{\"from\":\"A\",\"value\":\"a\",\"label\":\"\"}");
    }
    line.append("]}");
    Row row =
        (Row)
            new RowReader(FormatTable.STEERLM)
                .read(line.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(row.conversations()).hasSize(100_000);
    maxTokens = 100_000;
    Preparation preparation = prepare(new SteerLmPrompt(), row.conversations());
    assertThat(((Preparation.Unpreparable) preparation).rejected().reason())
        .startsWith("conversation 99999 of the row: expected at most 100000 tokens, found ");
    assertThat(tokenizer.encodedChars).isLessThan(10_000_000);
  }

  private PreparedRow prepared(String template, Conversation... conversations) {
    return (PreparedRow) prepare(Chats.prompt(template), List.of(conversations));
  }

  private String refusal(String template, Conversation... conversations) {
    Preparation preparation = prepare(Chats.prompt(template), List.of(conversations));
    var rejected = ((Preparation.Unpreparable) preparation).rejected();
    return rejected.kind() + ": " + rejected.reason();
  }

  private Preparation prepare(PromptFormat format, List<Conversation> conversations) {
    return prepare(format, conversations, List.of());
  }

  private Preparation prepare(
      PromptFormat format, List<Conversation> conversations, List<String> principles) {
    return RowTokenizer.of(
            new Prompting(
                format,
                question,
                Steps.NONE,
                tokenizer,
                new SpecialTokens(List.of("<end>")),
                readOut,
                maxTokens,
                Integer.MAX_VALUE,
                tokens -> 0),
            new MemoryPlan(1_000_000, 0, 1, 1_000_000))
        .prepare(conversations, principles);
  }

  private List<String> path(PreparedRow row, int conversation) {
    SegmentTree tree = row.tree();
    List<String> path = new ArrayList<>();
    for (int s = tree.ends()[conversation]; s >= 0; s = tree.parents()[s]) {
      path.add(0, tokenizer.text(tree.segments().get(s)));
    }
    return path;
  }
}
