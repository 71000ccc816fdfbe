package io.touchstone.scoring.prompt;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.conversation.Conversation;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.ReadOut;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.Steps;
import io.touchstone.template.PromptFormat;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.IntUnaryOperator;

/** From conversations to rewards: prompt text, token ids, packed load, forward pass. */
public final class PromptScorer implements Scorer {
  private final RowPreparation rows;
  private final Runnable closing;
  private final ForwardPass forwardPass;

  /**
   * How conversations become token ids, and where they are read.
   *
   * @param question behind each conversation's last turn
   * @param steps of answers that are judged; their prompts are read at these, and not at {@code
   *     readOut}
   * @param maxTokens the most tokens that one prompt may have
   * @param vocabulary ids that the model knows: from 0 up to this
   * @param stretch which of the model's tables of positions a prompt of so many tokens has; where
   *     two have different ones they share no token
   */
  public record Prompting(
      PromptFormat format,
      Question question,
      Steps steps,
      Tokenizer tokenizer,
      SpecialTokens specialTokens,
      ReadOut readOut,
      int maxTokens,
      int vocabulary,
      IntUnaryOperator stretch) {

    /** Of a model that is asked nothing, and judges whole answers. */
    public Prompting(
        PromptFormat format,
        Tokenizer tokenizer,
        SpecialTokens specialTokens,
        ReadOut readOut,
        int maxTokens,
        int vocabulary,
        IntUnaryOperator stretch) {
      this(
          format,
          Question.NONE,
          Steps.NONE,
          tokenizer,
          specialTokens,
          readOut,
          maxTokens,
          vocabulary,
          stretch);
    }
  }

  /** Takes over the tokenizer and the forward pass, and closes them. */
  public PromptScorer(Prompting prompting, ForwardPass forwardPass) {
    this(RowTokenizer.of(prompting, forwardPass.memory()), prompting.tokenizer::close, forwardPass);
  }

  /** Of an encoder; takes over the tokenizer and the forward pass as well. */
  public PromptScorer(Encoding encoding, ForwardPass forwardPass) {
    this(RowEncoder.of(encoding, forwardPass.memory()), encoding.tokenizer()::close, forwardPass);
  }

  private PromptScorer(RowPreparation rows, Runnable closing, ForwardPass forwardPass) {
    this.rows = rows;
    this.closing = closing;
    this.forwardPass = forwardPass;
  }

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    return rows.prepare(conversations, List.of());
  }

  @Override
  public Preparation prepare(List<Conversation> conversations, List<String> principles) {
    return rows.prepare(conversations, principles);
  }

  @Override
  public LoadResult score(List<PreparedRow> load) {
    // While the model is with another thread's load: it must not wait for what needs it not.
    Passes passes = passed(packed(load));
    List<Verdict> verdicts = new ArrayList<>();
    int next = 0;
    for (PreparedRow row : load) {
      List<Reward> rewards = new ArrayList<>();
      for (int places : row.places()) {
        rewards.add(
            new Reward(forwardPass.join().score(passes.values.subList(next, next + places))));
        next += places;
      }
      verdicts.add(verdict(rewards));
    }
    return new LoadResult(verdicts, passes.computed, passes.nanos);
  }

  /**
   * What the model gave, and took.
   *
   * @param values for each place at which prompts are read, in the order of their rows
   * @param computed tokens
   */
  private record Passes(List<float[]> values, long computed, long nanos) {}

  private synchronized Passes passed(List<PackedLoad> loads) {
    // From here on, so that waiting for another thread's load does not count.
    long start = System.nanoTime();
    List<float[]> values = new ArrayList<>();
    long computed = 0;
    for (PackedLoad load : loads) {
      values.addAll(Arrays.asList(forwardPass.score(load)));
      computed += load.tokens();
    }
    return new Passes(values, computed, System.nanoTime() - start);
  }

  private List<PackedLoad> packed(List<PreparedRow> load) {
    List<PackedLoad> packed = new ArrayList<>();
    LoadPacker packer = new LoadPacker();
    for (PreparedRow row : load) {
      if (row.distinctTokens() <= loadTokens()) {
        if (packer.tokens() + packer.missing(row.tree()) > loadTokens()) {
          packed.add(packer.pack());
          packer = new LoadPacker();
        }
        packer.add(row.tree());
        continue;
      }
      // One row of many long candidates may be more than a load.
      for (int c = 0; c < row.tree().ends().length; c++) {
        List<int[]> path = row.tree().path(c);
        int stretch = row.tree().stretch(c);
        if (packer.tokens() > 0 && packer.tokens() + packer.missing(path, stretch) > loadTokens()) {
          packed.add(packer.pack());
          packer = new LoadPacker();
        }
        packer.add(path, stretch);
      }
    }
    packed.add(packer.pack());
    return packed;
  }

  @Override
  public synchronized Optional<LoadCost> measure(List<PreparedRow> rows) {
    LoadPacker packer = new LoadPacker();
    rows.forEach(row -> packer.add(row.tree()));
    return packer.tokens() == 0 ? Optional.empty() : forwardPass.measure(packer.pack());
  }

  private static Verdict verdict(List<Reward> rewards) {
    for (Reward reward : rewards) {
      for (float value : reward.values()) {
        if (!Float.isFinite(value)) {
          return new Rejected(
              "not-finite", "expected a finite reward from the model, found " + value);
        }
      }
    }
    return new Scored(rewards);
  }

  @Override
  public int loadTokens() {
    return forwardPass.memory().loadTokens();
  }

  @Override
  public void confirm() {
    forwardPass.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return forwardPass.mappedFiles();
  }

  @Override
  public synchronized void close() {
    forwardPass.close();
    closing.run();
  }
}
