package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code adapter_config.json} of peft 0.21, and finds the folder of the model under the
 * adapter. What would change the arithmetic and is not known is refused by name.
 *
 * @param named the base model's folder, where the user has named one
 */
record AdapterReader(FolderFiles files, Optional<Path> named, Problems problems) {
  static final String CONFIG = "adapter_config.json";

  private static final String BASE = "base_model_name_or_path";
  private static final Problem HERE = Problem.in(CONFIG);
  private static final int MOST_RANK = 1 << 16;

  /** Each would change what a matrix becomes, which tensors there are, or the model under it. */
  private static final List<String> NONE_OF =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "lora_bias",
          "fan_in_fan_out",
          "rank_pattern",
          "alpha_pattern",
          "layer_replication",
          "target_parameters",
          "trainable_token_indices",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "lora_ga_config",
          "monteclora_config",
          "velora_config");

  /** Ways to begin that leave the base model's weights as they are. */
  private static final Set<String> INITS = Set.of("true", "false", "gaussian", "eva", "orthogonal");

  /** Empty when it cannot be told what the adapter is, which has then been reported. */
  Optional<Adapter> read() {
    JsonNode config = files.required(CONFIG);
    if (!config.isObject()) {
      return Optional.empty();
    }
    int before = problems.found().size();
    expect(config, "peft_type", "LORA");
    for (String key : NONE_OF) {
      if (isSet(config.path(key))) {
        problems.add(
            HERE.field(key)
                .expected("none, as it is not supported")
                .found(Fields.shown(config.path(key))));
      }
    }
    if (config.hasNonNull("bias")) {
      expect(config, "bias", "none");
    }
    String init = config.path("init_lora_weights").asText("true");
    if (!INITS.contains(init)) {
      problems.add(
          HERE.field("init_lora_weights")
              .expected("one that leaves the base model's weights as they are")
              .found(Problem.shown(init)));
    }
    Optional<Adapter.Task> task = task(config.path("task_type").asText(""));
    int rank = config.path("r").asInt(0);
    double alpha = config.path("lora_alpha").asDouble(Double.NaN);
    if (rank < 1 || rank > MOST_RANK) {
      problems.add(
          HERE.field("r").expected("from 1 to " + MOST_RANK).found(Fields.shown(config.path("r"))));
    }
    if (!Double.isFinite(alpha)) {
      problems.add(
          HERE.field("lora_alpha")
              .expected("a number")
              .found(Fields.shown(config.path("lora_alpha"))));
    }
    Optional<Path> base = base(config.path(BASE).asText(""));
    if (problems.found().size() > before || base.isEmpty() || task.isEmpty()) {
      return Optional.empty();
    }
    boolean stabilized = config.path("use_rslora").asBoolean(false);
    double scale = alpha / (stabilized ? Math.sqrt(rank) : rank);
    return Optional.of(new Adapter(base.get(), rank, scale, task.get()));
  }

  private static boolean isSet(JsonNode value) {
    return value.isContainerNode()
        ? !value.isEmpty()
        : !value.isMissingNode() && !value.isNull() && !value.asText().equals("false");
  }

  private void expect(JsonNode config, String key, String value) {
    if (!config.path(key).asText("").equals(value)) {
      problems.add(HERE.field(key).expected(value).found(Fields.shown(config.path(key))));
    }
  }

  private Optional<Adapter.Task> task(String name) {
    for (Adapter.Task task : Adapter.Task.values()) {
      if (task.name().equals(name)) {
        return Optional.of(task);
      }
    }
    return problems.none(
        HERE.field("task_type")
            .expected("SEQ_CLS or CAUSAL_LM")
            .found(name.isEmpty() ? "none" : Problem.shown(name)));
  }

  /** The user's folder; else the one that the adapter names, beside it or in the working folder. */
  private Optional<Path> base(String name) {
    if (named.isPresent()) {
      return Files.isDirectory(named.get())
          ? named
          : problems.none(
              Problem.at("--base").expected("the base model's folder").found(named.get()));
    }
    Problem here = HERE.field(BASE);
    String wanted = "an existing folder; --base DIR names the model under the adapter";
    try {
      Path path = Path.of(name);
      Path beside = files.folder().resolve(path);
      boolean isBeside = !name.isEmpty() && Files.isDirectory(beside);
      boolean isHere = !name.isEmpty() && Files.isDirectory(path);
      if (isBeside && isHere && !Files.isSameFile(beside, path)) {
        return problems.none(
            here.expected("one folder; --base DIR names the model under the adapter")
                .found(beside.normalize() + " and " + path.toAbsolutePath().normalize()));
      }
      if (isBeside || isHere) {
        return Optional.of((isBeside ? beside : path).normalize());
      }
      return problems.none(
          here.expected(wanted)
              .found((name.isEmpty() ? "none" : Problem.shown(name)) + HubFolder.download(path)));
    } catch (InvalidPathException | IOException e) {
      return problems.none(here.expected(wanted).found(Problem.shown(name)));
    }
  }
}
