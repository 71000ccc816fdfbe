package io.touchstone.generation.text;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.generation.Judgement;
import io.touchstone.generation.JudgementRule;
import java.util.Arrays;
import java.util.Optional;

/**
 * An answer that grows by tokens, until a token, a string or its length ends it. One thread.
 *
 * <p>Stop strings are looked for in the answer alone: neither in a thought nor in the line ends
 * behind it. The answer is cut at the first of them, and what its last token holds beyond is gone.
 */
public final class AnswerText {
  private final AnswerDecoder decoder;
  private final AnswerRules rules;
  private final boolean opensThought;
  private final TextTail tail;
  private Part part;
  private int[] ids = new int[64];
  private int count;
  private double logprobSum;

  /** Of each token the difference that its judgement would have; empty where none is read. */
  private double[] differences = new double[0];

  /** Where the text has come to. */
  private enum Part {
    BEGINNING,
    THOUGHT,
    RESPONSE
  }

  /**
   * @param opensThought whether the prompt ends inside a thought
   */
  public AnswerText(AnswerDecoder decoder, AnswerRules rules, boolean opensThought) {
    this.decoder = decoder;
    this.rules = rules;
    this.opensThought = opensThought && decoder.thinks();
    this.tail = new TextTail(decoder, reach(rules));
    this.part = decoder.thinks() ? Part.BEGINNING : Part.RESPONSE;
  }

  private static int reach(AnswerRules rules) {
    int longest = ThoughtTags.CLOSE.length();
    for (String stop : rules.stops()) {
      longest = Math.max(longest, stop.length());
    }
    return longest;
  }

  /**
   * Takes the next token.
   *
   * @param logprob of the token
   * @return how the answer ends with it; empty if it goes on
   */
  public Optional<Finish> add(int id, double logprob) {
    return add(id, logprob, 0);
  }

  /**
   * Takes the next token.
   *
   * @param logprob of the token
   * @param difference as {@link JudgementRule#difference} gives it, where a judgement is read
   * @return how the answer ends with it; empty if it goes on
   */
  public Optional<Finish> add(int id, double logprob, double difference) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    if (rules.judgement().isPresent()) {
      if (count >= differences.length) {
        differences = Arrays.copyOf(differences, ids.length);
      }
      differences[count] = difference;
    }
    ids[count++] = id;
    logprobSum += logprob;
    if (rules.eosIds().contains(id)) {
      return Optional.of(Finish.EOS);
    }
    if (!rules.stops().isEmpty() && isStopped(tail.add(id))) {
      return Optional.of(Finish.STOP);
    }
    return count >= rules.maxNewTokens() ? Optional.of(Finish.LENGTH) : Optional.empty();
  }

  /** How many tokens it has. */
  public int tokens() {
    return count;
  }

  /**
   * The answer as it ended.
   *
   * @param finish as {@link #add} has told
   */
  public Answer answer(Finish finish) {
    String text = decoder.text(ids, 0, count);
    ThoughtSplit split = split(text);
    String response = split.response();
    if (response == null) {
      return new Answer(null, split.thought(), finish, count, logprobSum);
    }
    int stop = firstStop(response);
    int begin = text.length() - response.length();
    int end = stop < 0 ? text.length() : begin + stop;
    return new Answer(
        text.substring(begin, end),
        split.thought(),
        stop < 0 ? finish : Finish.STOP,
        count,
        logprobSum,
        rules.judgement().flatMap(rule -> judgement(rule, text, begin, end)).orElse(null));
  }

  /** The judgement in a stretch of the text; empty without a marker and a token behind it. */
  private Optional<Judgement> judgement(JudgementRule rule, String text, int begin, int end) {
    int at = text.lastIndexOf(rule.marker(), end - rule.marker().length());
    if (at < begin) {
      return Optional.empty();
    }
    int token = tokensOf(text, at + rule.marker().length());
    return token < count
        ? Optional.of(new Judgement(differences[token], ids[token]))
        : Optional.empty();
  }

  /** The fewest of the first tokens whose text has so many of the whole text's characters. */
  private int tokensOf(String text, int chars) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (decoder.text(ids, 0, middle).regionMatches(0, text, 0, chars)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * @param recent the text's end, which may have more stop strings than the text, but never less
   */
  private boolean isStopped(String recent) {
    if (part == Part.RESPONSE) {
      return rules.stops().stream().anyMatch(recent::contains) && isStopped(split());
    }
    if (part == Part.BEGINNING) {
      if (!opensThought && recent.isBlank()) {
        return false;
      }
      ThoughtSplit split = split();
      String text = split.thought() == null ? split.response() : null;
      if (text != null && ThoughtTags.OPEN.startsWith(text.stripLeading())) {
        return false;
      }
      part = text == null ? Part.THOUGHT : Part.RESPONSE;
      if (part == Part.RESPONSE) {
        return isStopped(split);
      }
    }
    if (recent.contains(ThoughtTags.CLOSE)) {
      ThoughtSplit split = split();
      if (split.response() != null) {
        part = Part.RESPONSE;
        return isStopped(split);
      }
    }
    return false;
  }

  private boolean isStopped(ThoughtSplit split) {
    return split.response() != null && firstStop(split.response()) >= 0;
  }

  /** Where the first stop string begins; -1 without one. */
  private int firstStop(String response) {
    int first = -1;
    for (String stop : rules.stops()) {
      int found = response.indexOf(stop);
      if (found >= 0 && (first < 0 || found < first)) {
        first = found;
      }
    }
    return first;
  }

  private ThoughtSplit split() {
    return split(decoder.text(ids, 0, count));
  }

  private ThoughtSplit split(String text) {
    return decoder.thinks() ? ThoughtSplit.of(text, opensThought) : new ThoughtSplit(null, text);
  }
}
