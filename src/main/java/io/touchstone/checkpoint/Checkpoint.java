package io.touchstone.checkpoint;

import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Hugging Face model folder that was found sound: its configuration, its tensors as file ranges,
 * its templates. Nothing of it is executed or unpickled, and no file stays open: whoever reads the
 * ranges later reads what is there then, and asks {@link #change} whether it was the same.
 */
public final class Checkpoint {
  private final Path folder;
  private final Contents contents;

  /** What the folder holds; the maps and lists are not changed by anyone. */
  record Contents(
      ModelConfig config,
      RewardHead head,
      Map<String, Tensor> tensors,
      TokenizerFiles tokenizer,
      String fingerprint,
      OpenedFiles files) {}

  private Checkpoint(Path folder, Contents contents) {
    this.folder = folder;
    this.contents = contents;
  }

  /**
   * Reads headers and small files, and for the fingerprint some or all of the weights.
   *
   * @throws Refused with every problem of the folder
   */
  public static Checkpoint open(Path folder) {
    return new Checkpoint(folder, new FolderReader(folder).read());
  }

  public Path folder() {
    return folder;
  }

  /** As {@code config.json} names it, {@code LlamaForSequenceClassification} for instance. */
  public String architecture() {
    return contents.config().architecture().name();
  }

  public DecoderConfig decoder() {
    return contents.config().decoder();
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

  /**
   * The source of {@code chat_template.jinja}, else of {@code tokenizer_config.json}; of several
   * named ones {@code default}, empty if there is none of that name.
   */
  public Optional<String> chatTemplate() {
    return contents.tokenizer().chatTemplate();
  }

  /**
   * What transformers 5.23.0 hands to the template besides the messages: {@code bos_token} and so
   * on, each a String; absent where the folder's files say null or nothing.
   */
  public Map<String, String> specialTokens() {
    return contents.tokenizer().specialTokens();
  }

  /**
   * Texts that become one special token wherever they are spelled, in {@code tokenizer.json}'s
   * order.
   */
  public List<String> specialTokenTexts() {
    return contents.tokenizer().specialTokenTexts();
  }

  /**
   * The tokenizer in the format of Hugging Face's tokenizers library, as transformers 5.23.0 would
   * build it from the folder: the bytes of {@code tokenizer.json}, save for Qwen's own classes.
   *
   * @throws Refused if the file cannot be read any more
   */
  public byte[] tokenizerJson() {
    try {
      return TokenizerJson.read(
          folder.resolve(TokenizerFiles.TOKENIZER),
          decoder().family(),
          contents.tokenizer().tokenizerClass());
    } catch (IOException e) {
      throw Refused.in(folder, List.of(AddedTokens.HERE.expected("a readable file").found(e)));
    }
  }

  /**
   * SHA-256, in hex, of what scores depend on; the same for a copy elsewhere or in other shards.
   *
   * <p>Covers {@code config.json}, the tokenizer's files and the chat template byte for byte, and
   * of each tensor in use the name, type and shape. Of the weights it covers every byte when they
   * have at most 64 MiB together; otherwise every byte of tensors of up to 1 MiB, and of larger
   * ones 16 blocks of 64 KiB, at both ends and evenly between. A change of larger tensors that
   * spares all those blocks goes unnoticed.
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
