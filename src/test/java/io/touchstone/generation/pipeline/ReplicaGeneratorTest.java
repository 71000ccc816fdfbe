package io.touchstone.generation.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.Finish;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.prompt.PromptTokenizer;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.Decoding;
import io.touchstone.generation.sampling.SamplingRules;
import io.touchstone.generation.text.AnswerDecoder;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateLimits;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows on their way through a model that holds whoever feeds it to the contract. */
final class ReplicaGeneratorTest {

  private static final int VOCABULARY = 50;
  private static final int CHUNK = 4;
  private static final int MOST_NEW = 24;

  private static final GenerationMemory AMPLE =
      new GenerationMemory(1 << 30, 1 << 10, 100, 10, 8, 256);

  /** Two or three rows at a time, and passes of few tokens. */
  private static final GenerationMemory TIGHT = new GenerationMemory(5_000, 1_000, 100, 10, 8, 11);

  private static final SamplingRules DRAWS =
      new SamplingRules(
          new Decoding.Sampling(0.8, 0, 0, 0.9, 0, 1, 0, 0),
          LogitRules.NONE,
          List.of(FakeCausalModel.EOS),
          0,
          0,
          MOST_NEW,
          List.of(),
          3,
          11);

  private static final SamplingRules GREEDY =
      SamplingRules.greedy(List.of(FakeCausalModel.EOS), MOST_NEW);

  private static ReplicaGenerator generator(FakeCausalModel model, SamplingRules rules) {
    Tokenizer tokenizer = new Numbers();
    ChatTemplate template =
        ChatTemplate.compile(
            "{{ messages[0].content }}",
            TemplateLimits.defaults(),
            LocalDateTime.of(2024, 7, 26, 0, 0));
    return new ReplicaGenerator(
        new PromptTokenizer(
            new PromptTokenizer.Prompting(
                new ChatPrompt(template, Optional.empty(), Map.of()),
                Thinking.UNSET,
                List.of(),
                tokenizer,
                new SpecialTokens(List.of()),
                Optional.empty()),
            new PromptTokenizer.Room(
                4_096, rules.maxNewTokens(), model.vocabulary(), model.memory())),
        model,
        new ReplicaGenerator.Answering(
            rules, new AnswerDecoder(tokenizer, false), Optional.empty(), 2, true));
  }

  private static FakeCausalModel model(GenerationMemory memory) {
    return new FakeCausalModel(memory, CHUNK, VOCABULARY, false);
  }

  /** Ids as words. */
  private static final class Numbers implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return text.isEmpty()
          ? new int[0]
          : Arrays.stream(text.split(" ", -1))
              .mapToInt(word -> word.startsWith("<") ? 1 : Integer.parseInt(word))
              .toArray();
    }

    @Override
    public String decode(int[] ids) {
      return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {}
  }

  private static PreparedPrompt prompt(ReplicaGenerator generator, long line, int... ids) {
    String text = Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    return (PreparedPrompt)
        generator.prepare(
            new Prompt(
                line,
                new Conversation(List.of(Turn.of(Role.USER, text))),
                false,
                Optional.empty()));
  }

  /** Prompts of 1 to 60 tokens, some of which begin as others do, or are others. */
  private static List<int[]> prompts(int count, long seed) {
    Random random = new Random(seed);
    List<int[]> prompts = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      int[] own = random.ints(1 + random.nextInt(60), 8, VOCABULARY).toArray();
      if (p > 0 && random.nextInt(3) > 0) {
        int[] other = prompts.get(random.nextInt(p));
        int shared = Math.min(random.nextInt(other.length + 1), own.length);
        System.arraycopy(other, 0, own, 0, shared);
      }
      prompts.add(random.nextInt(8) == 0 && p > 0 ? prompts.get(p - 1).clone() : own);
    }
    return prompts;
  }

  /** The answers to each prompt, asked for alone, one after the other, with room for all. */
  private static Map<Long, List<Answer>> reference(List<int[]> prompts, SamplingRules rules)
      throws InterruptedException {
    Map<Long, List<Answer>> answers = new TreeMap<>();
    for (int p = 0; p < prompts.size(); p++) {
      FakeCausalModel model = model(AMPLE);
      try (ReplicaGenerator generator = generator(model, rules);
          GenerationSession session = generator.session()) {
        session.start(prompt(generator, p, prompts.get(p)));
        collect(session, answers);
      }
    }
    return answers;
  }

  private static void collect(GenerationSession session, Map<Long, List<Answer>> into)
      throws InterruptedException {
    while (session.counts().alive() > 0) {
      take(session.await(), into);
    }
  }

  private static void take(List<AnsweredPrompt> finished, Map<Long, List<Answer>> into) {
    for (AnsweredPrompt one : finished) {
      assertThat(one).isInstanceOf(AnsweredPrompt.Answered.class);
      List<Answer> answers = ((AnsweredPrompt.Answered) one).answers();
      assertThat(into.put(one.prompt().prompt().line(), answers)).isNull();
    }
  }

  /** All prompts through sessions of as many threads, each of which keeps the model busy. */
  private static Map<Long, List<Answer>> together(
      ReplicaGenerator generator, List<int[]> prompts, List<Integer> order, int sessions)
      throws Exception {
    Map<Long, List<Answer>> answers = Collections.synchronizedMap(new TreeMap<>());
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    List<Future<?>> tasks = new ArrayList<>();
    for (int s = 0; s < sessions; s++) {
      int own = s;
      List<Integer> mine =
          IntStream.range(0, order.size())
              .filter(i -> i % sessions == own)
              .mapToObj(order::get)
              .toList();
      tasks.add(
          threads.submit(
              () -> {
                try (GenerationSession session = generator.session()) {
                  for (int p : mine) {
                    while (!session.hasRoom()) {
                      take(session.await(), answers);
                    }
                    if (p % 9 == 4) {
                      take(List.of(session.alone(prompt(generator, p, prompts.get(p)))), answers);
                    } else {
                      session.start(prompt(generator, p, prompts.get(p)));
                    }
                  }
                  collect(session, answers);
                }
                return null;
              }));
    }
    try {
      for (Future<?> task : tasks) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return answers;
  }

  @ParameterizedTest
  @CsvSource({"1,false", "3,false", "1,true", "3,true"})
  void answersAreTheSameInAnyCompanyOrderAndMemory(int sessions, boolean onlyTheLastState)
      throws Exception {
    List<int[]> prompts = prompts(40, 5);
    Map<Long, List<Answer>> expected = reference(prompts, DRAWS);
    for (GenerationMemory memory : List.of(AMPLE, TIGHT)) {
      for (long seed = 0; seed < 5; seed++) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        FakeCausalModel model = new FakeCausalModel(memory, CHUNK, VOCABULARY, onlyTheLastState);
        try (ReplicaGenerator generator = generator(model, DRAWS)) {
          Map<Long, List<Answer>> found = together(generator, prompts, order, sessions);
          assertThat(found.keySet()).isEqualTo(expected.keySet());
          found.forEach(
              (p, answers) -> assertThat(answers).as("prompt %d", p).isEqualTo(expected.get(p)));
        }
        assertThat(model.live()).isZero();
        assertThat(model.forked).isGreaterThan(20);
      }
    }
  }

  @Test
  void answersEndInAllWaysAndSamplesDiffer() throws Exception {
    List<List<Answer>> all = List.copyOf(reference(prompts(40, 5), DRAWS).values());
    assertThat(all)
        .flatExtracting(answers -> answers)
        .extracting(Answer::finish)
        .contains(Finish.EOS, Finish.LENGTH);
    assertThat(all).allMatch(answers -> answers.size() == 3);
    assertThat(all).anyMatch(answers -> answers.stream().distinct().count() == 3);
  }

  @Test
  void theYoungestGivesItsPlaceUpAndItsAnswerStaysTheSame() throws Exception {
    List<int[]> prompts = List.of(ids(8, 9, 10), ids(11, 12, 13), ids(14, 15, 16));
    SamplingRules rules = greedyWithoutEnd(400);
    Map<Long, List<Answer>> expected = reference(prompts, rules);
    // Room for one and a half answers, as long as these are, and for two of the length that is
    // expected at first.
    FakeCausalModel model = model(new GenerationMemory(6_500, 500, 10, 10, 8, 64));
    try (ReplicaGenerator generator = generator(model, rules);
        GenerationSession session = generator.session()) {
      Map<Long, List<Answer>> answers = new TreeMap<>();
      List<Long> finished = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        session.start(prompt(generator, p, prompts.get(p)));
      }
      long seen = 0;
      while (session.counts().alive() > 0) {
        List<AnsweredPrompt> now = session.await();
        now.forEach(one -> finished.add(one.prompt().prompt().line()));
        take(now, answers);
        assertThat(session.counts().generated()).isGreaterThanOrEqualTo(seen);
        seen = session.counts().generated();
      }
      assertThat(answers).isEqualTo(expected);
      assertThat(finished).as("the older ones first").containsExactly(0L, 1L, 2L);
      assertThat(model.begun).as("with fresh starts").isGreaterThan(3);
      assertThat(session.counts())
          .usingRecursiveComparison()
          .ignoringFields("busyNanos", "computed")
          .isEqualTo(new GenerationSession.Counts(0, 1_200, 9, 0, 0));
      assertThat(session.counts().computed()).as("again after a fresh start").isGreaterThan(9);
    }
  }

  @Test
  void beginsNoRowThatWouldHaveToGiveItsPlaceUpAgain() throws Exception {
    // Room for two and a half answers of a hundred tokens, and for a dozen prompts.
    FakeCausalModel model = model(new GenerationMemory(3_000, 500, 10, 10, 8, 64));
    try (ReplicaGenerator generator = generator(model, greedyWithoutEnd(100));
        GenerationSession session = generator.session()) {
      for (int p = 0; p < 6; p++) {
        session.start(prompt(generator, p, 9 + p, 10, 11));
      }
      collect(session, new TreeMap<>());
      assertThat(session.counts().computed()).isEqualTo(6 * 3);
    }
    assertThat(model.begun).isEqualTo(6);
    assertThat(model.mostLive).isEqualTo(2);
  }

  private static int[] ids(int... ids) {
    return ids;
  }

  private static SamplingRules greedyWithoutEnd(int tokens) {
    return SamplingRules.greedy(List.of(), tokens);
  }

  @Test
  void samplesOfAPromptComputeItOnce() throws Exception {
    FakeCausalModel model = model(AMPLE);
    SamplingRules rules =
        new SamplingRules(DRAWS.decoding(), LogitRules.NONE, List.of(), 0, 0, 5, List.of(), 8, 1);
    try (ReplicaGenerator generator = generator(model, rules);
        GenerationSession session = generator.session()) {
      session.start(prompt(generator, 0, new Random(1).ints(50, 8, VOCABULARY).toArray()));
      collect(session, new TreeMap<>());
      assertThat(session.counts().presented()).isEqualTo(8 * 50);
      assertThat(session.counts().computed()).isEqualTo(50);
      assertThat(session.counts().generated()).isEqualTo(8 * 5);
    }
    assertThat(model.forked).isEqualTo(7);
    assertThat(model.passes)
        .as("the prompt, then a step of all eight at a time")
        .containsExactly(
            List.of(1, 50), List.of(8, 8), List.of(8, 8), List.of(8, 8), List.of(8, 8));
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void promptsThatBeginAlikeComputeWhatTheyShareOnce(boolean onlyTheLastState) throws Exception {
    FakeCausalModel model = new FakeCausalModel(AMPLE, CHUNK, VOCABULARY, onlyTheLastState);
    int[] common = new Random(1).ints(40, 8, VOCABULARY).toArray();
    try (ReplicaGenerator generator = generator(model, greedyWithoutEnd(30));
        GenerationSession session = generator.session()) {
      for (int p = 0; p < 6; p++) {
        int[] ids = Arrays.copyOf(common, 46);
        Arrays.fill(ids, 40, 46, 10 + p);
        session.start(prompt(generator, p, ids));
      }
      collect(session, new TreeMap<>());
      assertThat(session.counts().computed()).isEqualTo(40 + 6 * 6);
      assertThat(session.counts().presented()).isEqualTo(6 * 46);
    }
  }

  @Test
  void rowsEnterAsOthersLeaveAndPromptsRideAlongWithSteps() throws Exception {
    // Places for four decoding rows beside a chunk of a prompt.
    FakeCausalModel model = model(new GenerationMemory(1 << 20, 0, 1, 1, 8, 8));
    List<int[]> prompts = prompts(30, 3);
    try (ReplicaGenerator generator = generator(model, GREEDY);
        GenerationSession session = generator.session()) {
      Map<Long, List<Answer>> answers = new TreeMap<>();
      for (int p = 0; p < 30; p++) {
        session.start(prompt(generator, p, prompts.get(p)));
      }
      collect(session, answers);
      assertThat(answers).isEqualTo(reference(prompts, GREEDY));
    }
    assertThat(model.mostLive).isEqualTo(4);
    assertThat(model.passes).anyMatch(pass -> pass.get(0) == 4 && pass.get(1) > 4);
  }

  @Test
  void refusesARowWhoseLogitsAreNoNumbersAndAnswersTheOthers() throws Exception {
    FakeCausalModel model = model(AMPLE);
    try (ReplicaGenerator generator = generator(model, DRAWS);
        GenerationSession session = generator.session()) {
      PreparedPrompt broken = prompt(generator, 0, FakeCausalModel.BREAKS, 9, 10, 11);
      session.start(broken);
      session.start(prompt(generator, 1, 9, 10, 11));
      List<AnsweredPrompt> finished = new ArrayList<>();
      while (session.counts().alive() > 0) {
        finished.addAll(session.await());
      }
      assertThat(finished)
          .contains(
              new AnsweredPrompt.Refused(
                  broken,
                  new Rejected("not-finite", "expected numbers as logits, found NaN or infinity")));
      assertThat(finished).hasSize(2);
      assertThat(finished.get(1)).isInstanceOf(AnsweredPrompt.Answered.class);
    }
    assertThat(model.live()).isZero();
  }

  @Test
  void whileOneRowRunsAloneTheOthersWait() throws Exception {
    FakeCausalModel model = model(TIGHT);
    try (ReplicaGenerator generator = generator(model, greedyWithoutEnd(MOST_NEW));
        GenerationSession session = generator.session();
        GenerationSession other = generator.session()) {
      for (int p = 0; p < 5; p++) {
        session.start(prompt(generator, p, 9, 10, 11 + p));
        session.await();
      }
      model.passes.clear();
      AnsweredPrompt answered = other.alone(prompt(generator, 9, 20, 21, 22));
      assertThat(answered).isInstanceOf(AnsweredPrompt.Answered.class);
      assertThat(model.passes).hasSize(MOST_NEW).allMatch(pass -> pass.get(0) == 1);
      assertThat(other.counts().generated()).isEqualTo(MOST_NEW);
      assertThat(other.counts().alive()).isZero();
      Map<Long, List<Answer>> answers = new TreeMap<>();
      collect(session, answers);
      assertThat(answers).hasSize(5);
    }
  }

  @Test
  void aPassThatFailsReachesEverySessionAndLaterOnesGoOn() throws Exception {
    FakeCausalModel model = model(AMPLE);
    try (ReplicaGenerator generator = generator(model, GREEDY)) {
      GenerationSession one = generator.session();
      GenerationSession two = generator.session();
      one.start(prompt(generator, 0, 9, 10));
      two.start(prompt(generator, 1, 9, 11));
      model.fails = 2;
      one.await();
      assertThatThrownBy(one::await)
          .isInstanceOf(ScorerException.class)
          .hasMessage("the model's file is gone");
      assertThatThrownBy(two::await)
          .isInstanceOf(ScorerException.class)
          .hasMessage("generation failed: the model's file is gone");
      assertThat(model.live()).isZero();
      one.close();
      two.close();
      try (GenerationSession later = generator.session()) {
        later.start(prompt(generator, 2, 9, 12));
        Map<Long, List<Answer>> answers = new TreeMap<>();
        collect(later, answers);
        assertThat(answers).hasSize(1);
      }
    }
  }

  @Test
  void aClosedSessionGivesItsRowsUpAndOthersGoOn() throws Exception {
    FakeCausalModel model = model(AMPLE);
    try (ReplicaGenerator generator = generator(model, greedyWithoutEnd(MOST_NEW));
        GenerationSession going = generator.session()) {
      going.start(prompt(generator, 0, 9, 10));
      try (GenerationSession leaving = generator.session()) {
        leaving.start(prompt(generator, 1, 9, 11));
        leaving.await();
        assertThat(model.live()).isEqualTo(2);
      }
      assertThat(model.live()).isEqualTo(1);
      Map<Long, List<Answer>> answers = new TreeMap<>();
      collect(going, answers);
      assertThat(answers.keySet()).containsExactly(0L);
    }
  }

  @Test
  void anInterruptedTaskDrivesNoPass() {
    FakeCausalModel model = model(AMPLE);
    try (ReplicaGenerator generator = generator(model, GREEDY);
        GenerationSession session = generator.session()) {
      session.start(prompt(generator, 0, 9, 10));
      Thread.currentThread().interrupt();
      assertThatThrownBy(session::await).isInstanceOf(InterruptedException.class);
      assertThat(model.passes).isEmpty();
    }
  }

  @Test
  void aSessionHasRoomAsLongAsOnePassWouldBeginItsRows() throws Exception {
    FakeCausalModel model = model(new GenerationMemory(1 << 20, 0, 1, 1, 8, 32));
    try (ReplicaGenerator generator = generator(model, GREEDY);
        GenerationSession session = generator.session();
        GenerationSession other = generator.session()) {
      int started = 0;
      while (session.hasRoom()) {
        session.start(prompt(generator, started++, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
      }
      assertThat(started).isEqualTo(4);
      assertThat(other.hasRoom()).as("one without any row").isTrue();
      session.await();
      assertThat(session.hasRoom()).isTrue();
    }
  }

  @Test
  void becomesReadyOnceAndSeesWhetherBitsFollowTheCompany() {
    FakeCausalModel steady = model(AMPLE);
    try (ReplicaGenerator generator = generator(steady, GREEDY)) {
      generator.ready();
      int passes = steady.passes.size();
      assertThat(passes).as("alone and together, a prompt and a step each").isEqualTo(4);
      generator.ready();
      assertThat(steady.passes).hasSize(passes);
      assertThat(generator.keepsBits()).isTrue();
      assertThat(steady.live()).isZero();
    }
    FakeCausalModel unsteady = model(AMPLE);
    unsteady.mindsCompany = true;
    try (ReplicaGenerator generator = generator(unsteady, GREEDY)) {
      assertThat(generator.keepsBits()).isTrue();
      generator.ready();
      assertThat(generator.keepsBits()).isFalse();
    }
  }

  @Test
  void isNotReadyWithLogitsThatAreNoNumbers() {
    FakeCausalModel model = model(AMPLE);
    model.isBroken = true;
    try (ReplicaGenerator generator = generator(model, GREEDY)) {
      assertThatThrownBy(generator::ready)
          .isInstanceOf(ScorerException.class)
          .hasMessage("self-check: expected finite logits for a short prompt, found NaN");
      model.isBroken = false;
      generator.ready();
      assertThat(generator.keepsBits()).isTrue();
    }
  }
}
