package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@link Fp8} from {@code quantization_config}: of compressed-tensors (0.9 and later), of
 * transformers' fine-grained FP8 (5.23.0, {@code FineGrainedFP8Config}) and of ModelOpt. Every
 * other one is refused by name.
 *
 * @param config of the whole model
 */
public record QuantisationReader(Fields config) {
  public static final String KEY = "quantization_config";

  private static final int MOST_BLOCK = 1 << 16;

  /** Empty where there is none, or where it was reported. */
  public Optional<Fp8> read() {
    if (!config.given(KEY)) {
      return Optional.empty();
    }
    Fields fields = config.in(KEY);
    String method = fields.get("quant_method").asText();
    int before = config.problems().found().size();
    Optional<Fp8> fp8 =
        switch (method) {
          case "compressed-tensors" -> compressedTensors(fields);
          case "fp8" -> fineGrained(fields);
          case "modelopt" -> modelOpt(fields);
          default -> refused(method);
        };
    return config.problems().found().size() > before ? Optional.empty() : fp8;
  }

  private Optional<Fp8> refused(String method) {
    config.expected(
        KEY,
        "weights in F32, F16 or BF16, or FP8 of compressed-tensors, fp8 or modelopt: other"
            + " quantised weights are not read, and score otherwise; take the model that they were"
            + " made from",
        "quant_method "
            + (method.isEmpty() ? "none" : Fields.shown(config.get(KEY).get("quant_method"))));
    return Optional.empty();
  }

  private Optional<Fp8> compressedTensors(Fields fields) {
    only(fields, "format", "float-quantized");
    JsonNode sparsity = fields.get("sparsity_config");
    if (!sparsity.isEmpty() && !sparsity.path("format").asText().equals("dense")) {
      fields.expected("sparsity_config", "none, as sparse weights are not read");
    }
    if (!fields.get("transform_config").isEmpty()) {
      fields.expected("transform_config", "none, as transformed weights are not read");
    }
    Fields groups = fields.in("config_groups");
    List<Fp8.Extent> extents = new ArrayList<>();
    for (String name : names(groups)) {
      Fields weights = groups.in(name).in("weights");
      only(weights, "num_bits", "8");
      only(weights, "type", "float");
      only(weights, "symmetric", "true");
      extent(weights).ifPresent(extents::add);
    }
    if (extents.stream().distinct().count() != 1) {
      groups.expected("*.weights", "scales of one kind", extents.size() + " groups");
      return Optional.empty();
    }
    return Optional.of(
        new Fp8("compressed-tensors", "_scale", extents.get(0), kept(fields, "ignore")));
  }

  private Optional<Fp8.Extent> extent(Fields weights) {
    String strategy = weights.get("strategy").asText();
    switch (strategy) {
      case "tensor":
        return Optional.of(Fp8.Extent.TENSOR);
      case "channel":
        return Optional.of(Fp8.Extent.CHANNEL);
      case "block":
        return block(weights, "block_structure");
      default:
        weights.expected("strategy", "tensor, channel or block");
        return Optional.empty();
    }
  }

  private Optional<Fp8> fineGrained(Fields fields) {
    if (fields.has("fmt")) {
      only(fields, "fmt", "e4m3");
    }
    String key = "weight_block_size";
    Optional<Fp8.Extent> extent =
        fields.given(key) ? block(fields, key) : Optional.of(Fp8.Extent.TENSOR);
    return extent.map(
        each -> new Fp8("fp8", "_scale_inv", each, kept(fields, "modules_to_not_convert")));
  }

  private Optional<Fp8> modelOpt(Fields fields) {
    only(fields, "quant_algo", "FP8");
    String ignore = fields.has("ignore") ? "ignore" : "exclude_modules";
    return Optional.of(new Fp8("modelopt", "_scale", Fp8.Extent.TENSOR, kept(fields, ignore)));
  }

  private static Optional<Fp8.Extent> block(Fields fields, String key) {
    JsonNode sizes = fields.get(key);
    if (sizes.size() == 2 && isSize(sizes.get(0)) && isSize(sizes.get(1))) {
      return Optional.of(new Fp8.Extent(sizes.get(0).intValue(), sizes.get(1).intValue()));
    }
    fields.expected(key, "two integers from 1 to " + MOST_BLOCK);
    return Optional.empty();
  }

  private static boolean isSize(JsonNode size) {
    return size.isInt() && size.intValue() >= 1 && size.intValue() <= MOST_BLOCK;
  }

  private static List<String> names(Fields fields) {
    List<String> names = new ArrayList<>();
    fields.object().fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Patterns are left out: what is quantised, the types of the stored numbers say. */
  private static List<String> kept(Fields fields, String key) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : fields.get(key)) {
      if (!name.asText().startsWith("re:") && !name.asText().contains("*")) {
        names.add(name.asText());
      }
    }
    return names;
  }

  private static void only(Fields fields, String key, String value) {
    if (!fields.get(key).asText().equals(value)) {
      fields.expected(key, value);
    }
  }
}
