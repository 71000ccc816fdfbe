package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.MadeTokenizer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import io.touchstone.tokenizer.transformers.TokenizerFileReader;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Hugging Face model folder that was found sound: its configuration, its tensors as file ranges,
 * its templates. Nothing of it is executed or unpickled, and no file stays open: whoever reads the
 * ranges later reads what is there then, and asks {@link #change} whether it was the same.
 */
public final class Checkpoint {
  private final Path folder;
  private final Reading reading;
  private final Contents contents;

  /** What the folder holds; the maps and lists are not changed by anyone. */
  record Contents(
      ModelKind kind,
      RewardHead head,
      Map<String, Tensor> tensors,
      MadeTokenizer tokenizer,
      Optional<String> chatTemplate,
      Optional<String> toolTemplate,
      List<String> templateNames,
      Optional<String> rewardSign,
      String fingerprint,
      OpenedFiles files,
      Optional<Adapter> adapter) {}

  /**
   * How a folder is read where that is a choice.
   *
   * @param chatTemplate the source of one in the place of the folder's
   * @param scale of the rewards
   * @param base the folder of the model under an adapter; empty for the one that the adapter names
   * @param mambaSteps of a prompt's tokens in Mamba layers
   */
  public record Reading(
      TokenizerChoice tokenizer,
      Optional<String> chatTemplate,
      RewardScale scale,
      Optional<Path> base,
      MambaSteps mambaSteps,
      JudgedBy judgedBy) {

    /**
     * With the adapter's own base, steps as published, and of a model that reads a conversation and
     * nothing more.
     */
    public Reading(TokenizerChoice tokenizer, Optional<String> chatTemplate, RewardScale scale) {
      this(
          tokenizer,
          chatTemplate,
          scale,
          Optional.empty(),
          MambaSteps.PUBLISHED,
          JudgedBy.CONVERSATION);
    }

    /** The same with another tokenizer. */
    public Reading with(TokenizerChoice other) {
      return new Reading(other, chatTemplate, scale, base, mambaSteps, judgedBy);
    }

    /** The same over another base. */
    public Reading with(Optional<Path> other) {
      return new Reading(tokenizer, chatTemplate, scale, other, mambaSteps, judgedBy);
    }

    /** The same with other steps. */
    public Reading with(MambaSteps other) {
      return new Reading(tokenizer, chatTemplate, scale, base, other, judgedBy);
    }

    /** The same of a model that is judged by something else. */
    public Reading with(JudgedBy other) {
      return new Reading(tokenizer, chatTemplate, scale, base, mambaSteps, other);
    }

    public static Reading defaults() {
      return new Reading(TokenizerChoice.TRANSFORMERS5, Optional.empty(), RewardScale.RAW);
    }
  }

  private Checkpoint(Path folder, Reading reading, Contents contents) {
    this.folder = folder;
    this.reading = reading;
    this.contents = contents;
  }

  /** As {@link #open(Path, Reading)} does by default. */
  public static Checkpoint open(Path folder) {
    return open(folder, Reading.defaults());
  }

  /**
   * Reads headers and small files, and for the fingerprint some or all of the weights.
   *
   * @throws Refused with every problem of the folder
   */
  public static Checkpoint open(Path folder, Reading reading) {
    return new Checkpoint(folder, reading, new FolderReader(folder, reading).read());
  }

  public Path folder() {
    return folder;
  }

  /** How the folder was read. */
  public Reading reading() {
    return reading;
  }

  /** As {@code config.json} names it, {@code LlamaForSequenceClassification} for instance. */
  public String architecture() {
    return contents.kind().architecture();
  }

  /**
   * @throws IllegalStateException if the model is an encoder
   */
  public DecoderConfig decoder() {
    if (contents.kind() instanceof ModelKind.Decodes model) {
      return model.config().decoder();
    }
    throw new IllegalStateException("expected a decoder, found " + architecture());
  }

  /** What an encoder is; empty where the model is a decoder. */
  public Optional<EncoderConfig> encoder() {
    return contents.kind() instanceof ModelKind.Encodes model
        ? Optional.of(model.config())
        : Optional.empty();
  }

  /** What the names of a layer's tensors begin with. */
  public String layerPrefix(int layer) {
    return encoder()
        .map(encoder -> encoder.names().of(layer))
        .orElseGet(() -> decoder().names().layer(layer));
  }

  /** Whether an encoder is told of a pair's tokens which text they are of. */
  public boolean namesTexts() {
    return contents.kind() instanceof ModelKind.Encodes model && model.namesTexts();
  }

  /** The most tokens that an encoder's tokenizer speaks of. */
  public OptionalInt tokenizerLimit() {
    return contents.kind() instanceof ModelKind.Encodes model
        ? model.tokenizerLimit()
        : OptionalInt.empty();
  }

  public RewardHead head() {
    return contents.head();
  }

  /** By name, sorted: those of the forward pass and the head, each in the shape they must have. */
  public Map<String, Tensor> tensors() {
    return contents.tensors();
  }

  /**
   * @throws IllegalArgumentException if the model has no tensor of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = contents.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected a tensor of %s, found the name %s".formatted(architecture(), name));
    }
    return tensor;
  }

  /** The source of the one that was given, else of the folder's; empty if there is none. */
  public Optional<String> chatTemplate() {
    return contents.chatTemplate();
  }

  /** The source of the template of conversations with tools, where they have one of their own. */
  public Optional<String> toolTemplate() {
    return contents.toolTemplate();
  }

  /** Names of the folder's templates, where it has several and none of them is the default. */
  public List<String> templateNames() {
    return contents.templateNames();
  }

  /**
   * Reads {@code generation_config.json}, or what counts in its place. Scores and their fingerprint
   * do not depend on it.
   *
   * @throws Refused with every problem of it, and of the way from ids to texts
   */
  public GenerationConfig generationConfig() {
    return new GenerationReader(folder, tokenizer()).read();
  }

  /** How its matrices are quantised; empty where none is. */
  public Optional<Fp8> fp8() {
    return contents
        .kind()
        .fp8()
        .filter(
            any -> tensors().values().stream().anyMatch(tensor -> tensor.dtype() == DType.F8_E4M3));
  }

  /** The adapter that the folder is, with its base model's folder. */
  public Optional<Adapter> adapter() {
    return contents.adapter();
  }

  /** The file in which a causal model is called a reward model. */
  public Optional<String> rewardSign() {
    return contents.rewardSign();
  }

  /** The tokenizer as it was chosen. */
  public MadeTokenizer tokenizer() {
    return contents.tokenizer();
  }

  /**
   * The tokenizer in the format of Hugging Face's tokenizers library.
   *
   * @throws Refused if the file cannot be read any more
   */
  public byte[] tokenizerJson() {
    try {
      return tokenizer().json();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The same of a tokenizer that finds no added token in any text.
   *
   * @throws Refused as {@link #tokenizerJson}
   */
  public byte[] tokenizerJsonWithoutAddedTokens() {
    try {
      return tokenizer().jsonWithoutAddedTokens();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Refused unreadable(IOException e) {
    return Refused.in(
        folder, List.of(TokenizerFileReader.HERE.expected("a readable file").found(e)));
  }

  /**
   * SHA-256, in hex, of what scores depend on; the same for a copy elsewhere or in other shards.
   *
   * <p>Covers {@code config.json}, the tokenizer's files and the chat template byte for byte, where
   * the tokenizer is not the one file as it stands also what was made of it or that it was not,
   * that rewards are normalised where they are, and of each tensor in use the name, type and shape.
   * Of the weights it covers every byte when they have at most 64 MiB together; otherwise every
   * byte of tensors of up to 1 MiB, and of larger ones 16 blocks of 64 KiB, at both ends and evenly
   * between. A change of larger tensors that spares all those blocks goes unnoticed.
   */
  public String fingerprint() {
    return contents.fingerprint();
  }

  OpenedFiles files() {
    return contents.files();
  }

  /**
   * What has become of a file since the folder was opened, as it is told; empty if everything that
   * was read from its files until now is this checkpoint's. Looks at the files' device, inode, size
   * and times, and reads nothing unless only the times of their last change have moved.
   */
  public Optional<String> change() {
    return contents.files().change(this);
  }

  /** The files of the weights, each with what identified it when the folder was opened. */
  public SortedMap<String, String> weightFiles() {
    SortedMap<String, String> files = new TreeMap<>();
    for (Tensor tensor : tensors().values()) {
      files.computeIfAbsent(
          tensor.file().toString(), file -> contents.files().of(tensor.file()).toString());
    }
    return files;
  }

  /**
   * What identifies a file now, in the words of {@link #weightFiles}; {@code no file} without one.
   */
  public static String identity(String file) {
    try {
      return FileIdentity.of(Path.of(file)).toString();
    } catch (IOException | InvalidPathException e) {
      return "no file";
    }
  }
}
