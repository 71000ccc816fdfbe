package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.HostProcessor;
import io.touchstone.engine.device.Libtorch;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScoreIdentity;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineScorerFactoryTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  @TempDir Path folder;

  @Test
  void namesEverythingThatDoesNotFitTheModelAtOnce() {
    EngineConfig config =
        new EngineConfig(
            REFERENCES.resolve("llama-causal"),
            Checkpoint.Reading.defaults(),
            EngineConfig.Known.NOT,
            PromptChoice.CHAT,
            100_000,
            List.of("a", "b"),
            OptionalInt.of(1 << 30),
            LocalDate.of(2024, 7, 26),
            Precision.FP32,
            new DeviceRule.Cpu(),
            new Resources(1, 1 << 20, 0));
    assertThatThrownBy(() -> EngineScorerFactory.of(config))
        .isInstanceOfSatisfying(
            Refused.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        token ->
                            assertThat(token)
                                .matches(
                                    "reward token: expected an id from 0 to \\d+, found 100000"),
                        names ->
                            assertThat(names)
                                .isEqualTo(
                                    "attributes: expected 1 names, one for each output of the"
                                        + " model, found 2: a,b"),
                        most ->
                            assertThat(most)
                                .matches(
                                    "max tokens: expected from 1 to the model's"
                                        + " max_position_embeddings, \\d+, found 1073741824"),
                        memory ->
                            assertThat(memory)
                                .matches(
                                    "memory: expected at least \\d+ bytes for two layers of this"
                                        + " model and 1024 tokens, found 1048576")));
  }

  @Test
  void scoresOfAProcessorsOwnBf16ProductsHaveANameOfTheirOwnAndEachMachineIsAsked() {
    EngineScorerFactory own = EngineScorerFactory.of(config(Precision.BF16_NATIVE));
    assertThat(own.model().precision()).isEqualTo("bf16 native");
    assertThat(own.asksMachines()).isTrue();
    EngineScorerFactory emulated = EngineScorerFactory.of(config(Precision.BF16));
    assertThat(emulated.model().precision()).isEqualTo("bf16");
    assertThat(emulated.asksMachines()).isFalse();
  }

  @Test
  void onlyAnFp32ModelSaysWhatBf16WouldSave() {
    try (Scorer scorer = EngineScorerFactory.of(config(Precision.FP32)).open()) {
      assertThat(scorer.loadTokens()).isPositive();
    }
    assertThat(EngineScorerFactory.of(config(Precision.BF16)).faster()).isEmpty();
    EngineScorerFactory.of(config(Precision.FP32))
        .faster()
        .ifPresent(
            products -> {
              assertThat(HostProcessor.ofThisMachine().multipliesBf16()).isTrue();
              assertThat(products.flag()).isEqualTo("--precision bf16");
              assertThat(products.times()).isGreaterThan(1.2);
              assertThat(products.mostSaved(10)).isBetween(1.6, 10.0);
            });
  }

  private static EngineConfig config(Precision precision) {
    return new EngineConfig(
        REFERENCES.resolve("llama-causal"),
        Checkpoint.Reading.defaults(),
        EngineConfig.Known.NOT,
        PromptChoice.CHAT,
        0,
        List.of(),
        OptionalInt.empty(),
        LocalDate.of(2024, 7, 26),
        precision,
        new DeviceRule.Cpu(),
        new Resources(1, 0, 0));
  }

  @Test
  void refusesATensorThatNoMappingCanHold() {
    Tensor tensor =
        new Tensor("embed", DType.F32, List.of(1L << 20, 1L << 10), Path.of("x/m.st"), 0, 1L << 32);
    assertThat(tensor.length()).isGreaterThan(StoredWeights.MOST_BYTES);
    assertThat(StoredWeights.tooLarge(tensor))
        .isEqualTo("[m.st] tensor embed: expected at most 2147483647 bytes, found 4294967296");
  }

  @Test
  void opensNoOtherModelThanTheOneThatWasDescribed() throws IOException {
    for (Path file : Files.list(REFERENCES.resolve("llama-causal")).toList()) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    EngineScorerFactory factory = EngineScorerFactory.of(EngineConfig.defaults(folder));
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config) + "\n");
    assertThatThrownBy(factory::open)
        .isInstanceOf(ScorerException.class)
        .hasMessageContaining(
            "expected the model with fingerprint " + factory.model().fingerprint());
  }

  @Test
  void aGpusScoresAreNotThoseOfACpu() {
    EngineConfig cpu =
        EngineConfig.defaults(REFERENCES.resolve("llama-causal")).with(new DeviceRule.Cpu());
    ScoreIdentity gpus = identity(cpu.with(new DeviceRule.Given()));
    assertThat(gpus.text()).contains("\nprecision fp32 on cuda\n");
    assertThat(identity(cpu).text()).contains("\nprecision fp32\n");
  }

  private static ScoreIdentity identity(EngineConfig config) {
    return ScoreIdentity.of(EngineScorerFactory.of(config).model());
  }

  @Test
  void aGpuThatTheLibraryDoesNotSeeIsToldWithWhatToDo() {
    Assumptions.assumeTrue(
        Libtorch.best() instanceof ReplicaDevice.Cpu, "this machine's PyTorch library sees a GPU");
    EngineScorerFactory factory =
        EngineScorerFactory.of(
            EngineConfig.defaults(REFERENCES.resolve("llama-causal")).with(new DeviceRule.Given()));
    assertThatThrownBy(
            () ->
                EngineScorerFactory.of(
                    EngineConfig.defaults(REFERENCES.resolve("llama-causal"))
                        .with(new DeviceRule.Cuda(3))))
        .isInstanceOfSatisfying(
            Refused.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("[cuda:3] expected a GPU that PyTorch sees, found none"));
    assertThatThrownBy(() -> factory.open(factory.place(Optional.of(new GivenGpu("3")))))
        .isInstanceOf(ScorerException.class)
        .hasMessageMatching(
            "\\[cuda:3] expected a GPU that PyTorch sees, found none: the library in .+ is a"
                + " C(PU|UDA) build of PyTorch \\d+\\.\\d+\\.\\d+.*; run with --device cpu, or as"
                + " docs/cluster.md says under GPUs");
  }
}
