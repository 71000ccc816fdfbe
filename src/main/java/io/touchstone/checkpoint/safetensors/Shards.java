package io.touchstone.checkpoint.safetensors;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The safetensors files of a folder, as far as they could be read.
 *
 * @param name the file that lists the tensors: the only shard, or the index
 * @param readable those whose header is sound
 * @param unread tensors that the index has in other files; nobody can say whether they are there
 */
public record Shards(String name, List<Shard> readable, Set<String> unread) {
  public static final String SINGLE = "model.safetensors";
  public static final String INDEX = "model.safetensors.index.json";

  /** Of all tensors that are there, or that nobody can say of whether they are. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(unread);
    readable.forEach(shard -> names.addAll(shard.entries().keySet()));
    return names;
  }
}
