package io.touchstone.cli.job;

import io.touchstone.cli.call.Settings;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.GenerationWork;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A source of generators that count a word for a token and answer nothing; keeps what was asked.
 */
final class FakeGenerators implements GeneratorSource {
  static final GenerationMemory MEMORY =
      new GenerationMemory(400 << 20, 100 << 20, 0, 16 << 10, 128, 2_048);

  Optional<SamplingAsk> asked = Optional.empty();
  Optional<Path> model = Optional.empty();

  @Override
  public GeneratorFactory of(Path folder, SamplingAsk sampling, Settings settings) {
    asked = Optional.of(sampling);
    model = Optional.of(folder);
    return new Factory(
        new GeneratorDescription(
            folder.toString(),
            "f00d",
            "FakeForCausalLM",
            4_096,
            "fp32",
            new TreeMap<>(
                Map.of(
                    "max-new-tokens", "" + sampling.maxNewTokens().orElse(0),
                    "samples", "" + sampling.samples().orElse(1))),
            new ModelReading("", List.of(), "", List.of(), List.of("a note"), List.of())));
  }

  private record Factory(GeneratorDescription description) implements GeneratorFactory {
    @Override
    public Optional<GenerationMemory> memory() {
      return Optional.of(MEMORY);
    }

    @Override
    public Optional<GenerationWork> work() {
      return Optional.of(new GenerationWork(139_000_000_000L, 141e9, 320 << 10, 0));
    }

    @Override
    public Generator open(ReplicaDevice place) {
      return new Words();
    }
  }

  private static final class Words implements Generator {
    @Override
    public PromptPreparation prepare(Prompt prompt) {
      String text = prompt.conversation().turns().get(0).text();
      return new PromptPreparation.PreparedPrompt(
          prompt, new int[text.split(" ").length], false, 0);
    }

    @Override
    public GenerationSession session() {
      throw new AssertionError("expected a call that answers nothing, found one that begins to");
    }

    @Override
    public void close() {}
  }
}
