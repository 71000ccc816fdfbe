package io.touchstone.generation.judge;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * A scorer that lets a generator judge: each scored answer, by each principle, is a prompt, and its
 * reward is read out of what the generator writes.
 */
final class JudgeScorer implements Scorer {

  /** As of a scorer that is asked: what a line of a few megabytes may ask for. */
  private static final int MOST_PROMPTS = 1 << 16;

  /** Of prompts that are made again of their tokens: these are all that is left of them. */
  private static final Conversation UNKNOWN = new Conversation(List.of(Turn.of(Role.USER, "")));

  private final Generator generator;
  private final Judge judge;
  private final int maxNewTokens;
  private final int loadTokens;

  /**
   * Takes over the generator, and closes it.
   *
   * @param maxNewTokens of a judgement
   * @param loadTokens of prompts that are judged together
   */
  JudgeScorer(Generator generator, Judge judge, int maxNewTokens, int loadTokens) {
    this.generator = generator;
    this.judge = judge;
    this.maxNewTokens = maxNewTokens;
    this.loadTokens = loadTokens;
  }

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    return prepare(conversations, List.of());
  }

  @Override
  public Preparation prepare(List<Conversation> conversations, List<String> own) {
    List<String> principles = judge.principles(own);
    int count = conversations.size() * principles.size();
    if ((long) conversations.size() * principles.size() > MOST_PROMPTS) {
      return new Preparation.Unpreparable(
          new Rejected(
              "too-many-prompts",
              "expected at most "
                  + MOST_PROMPTS
                  + " prompts, found "
                  + conversations.size()
                  + " conversations and "
                  + principles.size()
                  + " principles"));
    }
    List<int[]> prompts = new ArrayList<>();
    Set<Integer> insideThought = new HashSet<>();
    int spelled = 0;
    for (int i = 0; i < count; i++) {
      Conversation scored = conversations.get(i / principles.size());
      Optional<String> unsuited = unsuited(scored);
      if (unsuited.isPresent()) {
        return new Preparation.Unpreparable(
            new Rejected("unsupported-content", where(i, count) + unsuited.get()));
      }
      PromptPreparation prepared =
          generator.prepare(
              new Prompt(
                  i,
                  judge.prompt(scored, principles.get(i % principles.size())),
                  false,
                  Optional.empty()));
      if (prepared instanceof PromptPreparation.Unpreparable bad) {
        Rejected why = bad.rejected();
        return new Preparation.Unpreparable(
            new Rejected(why.kind(), where(i, count) + why.reason()));
      }
      PreparedPrompt prompt = (PreparedPrompt) prepared;
      if (prompt.opensThought()) {
        insideThought.add(i);
      }
      spelled += prompt.specialTokensInText();
      prompts.add(prompt.ids());
    }
    return new PreparedRow(
        apart(prompts), prompts.stream().map(ids -> ids.length).toList(), spelled, insideThought);
  }

  private static String where(int prompt, int count) {
    return count == 1 ? "" : "prompt " + prompt + " of the row: ";
  }

  /** A judge that is told a text in place of the answer must not be told less than there is. */
  private Optional<String> unsuited(Conversation scored) {
    Turn answer = scored.turns().get(scored.turns().size() - 1);
    return judge.recipe().tellsResponse() && answer.has("tool_calls")
        ? Optional.of(
            "expected an answer that is a text, as the recipe puts it into another, found tool"
                + " calls")
        : Optional.empty();
  }

  /** Each prompt by itself: what they have in common the generator shares. */
  private static SegmentTree apart(List<int[]> prompts) {
    int[] roots = new int[prompts.size()];
    Arrays.fill(roots, -1);
    return new SegmentTree(prompts, roots, IntStream.range(0, roots.length).toArray());
  }

  @Override
  public LoadResult score(List<PreparedRow> rows) {
    long start = System.nanoTime();
    List<PreparedPrompt> prompts = new ArrayList<>();
    rows.forEach(row -> add(row, prompts));
    try (GenerationSession session = generator.session()) {
      Iterator<AnsweredPrompt> answered = answers(session, prompts).iterator();
      List<Verdict> verdicts = new ArrayList<>();
      for (PreparedRow row : rows) {
        List<AnsweredPrompt> ofRow = new ArrayList<>();
        row.promptTokens().forEach(prompt -> ofRow.add(answered.next()));
        verdicts.add(verdict(ofRow));
      }
      GenerationSession.Counts counts = session.counts();
      return new LoadResult(
          verdicts, counts.computed() + counts.generated(), System.nanoTime() - start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a judge wrote");
    }
  }

  /** Makes prompts again of a row's tokens, each with its number among all for its line. */
  private static void add(PreparedRow row, List<PreparedPrompt> prompts) {
    for (int i = 0; i < row.promptTokens().size(); i++) {
      prompts.add(
          new PreparedPrompt(
              new Prompt(prompts.size(), UNKNOWN, false, Optional.empty()),
              row.tree().path(i).get(0),
              row.insideThought().contains(i),
              0));
    }
  }

  /**
   * What became of the prompts, in their order.
   *
   * @param prompts whose lines are their numbers
   */
  private static List<AnsweredPrompt> answers(
      GenerationSession session, List<PreparedPrompt> prompts) throws InterruptedException {
    AnsweredPrompt[] answers = new AnsweredPrompt[prompts.size()];
    int started = 0;
    int done = 0;
    while (done < answers.length) {
      while (started < answers.length && session.hasRoom()) {
        session.start(prompts.get(started++));
      }
      for (AnsweredPrompt answered : session.await()) {
        answers[(int) answered.prompt().prompt().line()] = answered;
        done++;
      }
    }
    return Arrays.asList(answers);
  }

  private Verdict verdict(List<AnsweredPrompt> answered) {
    VoteCount count = new VoteCount(judge);
    List<Reward> rewards = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      String where = where(i, answered.size());
      if (answered.get(i) instanceof AnsweredPrompt.Refused refused) {
        return new Rejected(refused.why().kind(), where + refused.why().reason());
      }
      AnsweredPrompt.Answered votes = (AnsweredPrompt.Answered) answered.get(i);
      Optional<Reward> reward = count.of(votes.answers());
      if (reward.isEmpty()) {
        return new Rejected("no-judgement", where + NoJudgement.told(judge, votes, maxNewTokens));
      }
      if (!Float.isFinite(reward.get().values()[0])) {
        return new Rejected(
            "not-finite",
            where + "expected a finite reward from the model, found " + reward.get().values()[0]);
      }
      rewards.add(reward.get());
    }
    return new Scored(rewards);
  }

  @Override
  public boolean writes() {
    return true;
  }

  @Override
  public void ready() {
    generator.ready();
  }

  @Override
  public boolean keepsBits() {
    return generator.keepsBits();
  }

  @Override
  public void confirm() {
    generator.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return generator.mappedFiles();
  }

  @Override
  public int loadTokens() {
    return loadTokens;
  }

  @Override
  public void close() {
    generator.close();
  }
}
