package io.touchstone.generation.endpoint;

import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The recipe for a generator that asks a server, as it was found before the job: where the key lies
 * is part of it, the key is not.
 */
public final class EndpointGeneratorFactory implements GeneratorFactory {

  private static final long serialVersionUID = 1L;

  private final EndpointConfig config;
  private final RequestForm form;
  private final boolean thinks;
  private final int samples;
  private final GeneratorDescription description;

  /**
   * What a chat template is told besides the messages.
   *
   * @param thinking its {@code enable_thinking}; empty for nothing
   * @param tools for conversations without any of their own, values as {@link
   *     io.touchstone.conversation.Conversation#tools} has them
   * @param continues whether rows may end with the beginning of their answers
   */
  public record Prompting(
      Optional<Boolean> thinking, List<@Nullable Object> tools, boolean continues) {

    public static final Prompting NOTHING = new Prompting(Optional.empty(), List.of(), false);

    public Prompting {
      tools = Collections.unmodifiableList(new ArrayList<>(tools));
    }
  }

  private EndpointGeneratorFactory(
      EndpointConfig config,
      RequestForm form,
      boolean thinks,
      int samples,
      GeneratorDescription description) {
    this.config = config;
    this.form = form;
    this.thinks = thinks;
    this.samples = samples;
    this.description = description;
  }

  /**
   * Asks the server for its models and a short question, in the form in which the job will ask.
   *
   * @param ask what the call says; what it leaves out is left to the server, except that without a
   *     number of samples there is one
   * @param prompting what the chat template is told
   * @param environment of this process
   * @throws Refused naming what is wrong with the call, the key, the address, the model or the
   *     server
   */
  public static EndpointGeneratorFactory of(
      EndpointConfig config,
      SamplingAsk ask,
      Prompting prompting,
      Map<String, String> environment) {
    Problems problems = new Problems();
    problems.collect(() -> AskedSampling.of(ask));
    problems.collect(() -> config.key().read(environment));
    problems.refuseIfAny();
    AskedSampling sampling = AskedSampling.of(ask);
    RequestForm form = RequestForm.of(config.model(), sampling, prompting);
    boolean thinks = prompting.thinking().orElse(false);
    EndpointTrial trial;
    try (Endpoint endpoint = new Endpoint(config, form, thinks, environment)) {
      trial = EndpointTrial.of(endpoint, form, prompting.continues());
    }
    List<String> notes = new ArrayList<>(notes(ask));
    notes.addAll(sampling.notes());
    notes.addAll(trial.notes());
    SortedMap<String, String> effective = sampling.effective();
    effective.put("thinking", prompting.thinking().map(on -> on ? "on" : "off").orElse("unset"));
    GeneratorDescription description =
        new GeneratorDescription(
            config.url() + "#" + config.model(),
            "",
            "",
            Integer.MAX_VALUE,
            "",
            effective,
            new ModelReading("", List.of(), "", List.of(), notes, warnings(config)));
    return new EndpointGeneratorFactory(
        config, trial.form(), thinks, sampling.samples(), description);
  }

  private static List<String> notes(SamplingAsk ask) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "answers are a server's: whether they are the same whatever is generated beside them, and the"
            + " same when asked for again, is up to it. A job that goes on keeps what is finished and"
            + " asks for the rest");
    notes.add(
        "what the call does not say of sampling is the server's: no generation_config.json is read"
            + " here");
    if (ask.topK().isPresent() || ask.minP().isPresent() || ask.repetitionPenalty().isPresent()) {
      notes.add(
          "top-k, min-p and repetition-penalty are no part of OpenAI's API: a server that does not"
              + " know them may pass over them without a word");
    }
    if (!ask.stops().isEmpty()) {
      notes.add(
          "stop strings are the server's to look for, maybe within thoughts too; where it does not say"
              + " what ended an answer, its finish is stop");
    }
    return notes;
  }

  static List<String> warnings(EndpointConfig config) {
    return config.url().isOpen() && !(config.key() instanceof ApiKey.None)
        ? List.of("the key goes to " + config.url() + " in the open: http, not https")
        : List.of();
  }

  @Override
  public GeneratorDescription description() {
    return description;
  }

  /** None: they lie with the server. */
  @Override
  public Optional<GenerationMemory> memory() {
    return Optional.empty();
  }

  @Override
  public Generator open(ReplicaDevice place) {
    try {
      return new EndpointGenerator(
          new Endpoint(config, form, thinks, System.getenv()), form, samples);
    } catch (Refused refused) {
      throw new ScorerException(String.join("\n", refused.problems()), refused);
    }
  }
}
