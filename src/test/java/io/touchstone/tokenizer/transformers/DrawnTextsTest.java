package io.touchstone.tokenizer.transformers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The texts that transformers 5.23.0 makes of ids; made by {@code make_texts.py}. Left out: lists
 * with added tokens that a normalizer is asked for, which tokenizers 0.23 writes as that leaves
 * them, and the library here as they are; tokenizers that split special tokens in prompts, which do
 * not know them in answers then.
 */
final class DrawnTextsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void textsAreThoseOfTransformers() throws IOException {
    DrawnFolders folders = DrawnFolders.read();
    JsonNode made = DrawnFolders.resource("texts.json.gz");
    List<String> wrong = new ArrayList<>();
    int equal = 0;
    int compared = 0;
    for (int f = 0; f < made.get("folders").size(); f++) {
      JsonNode expected = made.get("folders").get(f);
      JsonNode given = folders.drawn.get("folders").get(f);
      Problems problems = new Problems();
      Optional<MadeTokenizer> tokenizer = folders.make(given, folder, problems);
      if (expected.isNull() || !problems.isEmpty()) {
        continue;
      }
      byte[] json = tokenizer.orElseThrow().json();
      if (given.get("tokenizer_config").path("split_special_tokens").asBoolean()) {
        continue;
      }
      Set<Integer> normalized = normalized(JSON.readTree(json), given);
      try (Tokenizer tokens = HuggingFaceTokens.of(json)) {
        int before = wrong.size();
        for (int i = 0; i < expected.size() && wrong.size() == before; i++) {
          String text = made.get("texts").get(expected.get(i).intValue()).textValue();
          int[] ids = ids(made.get("ids").get(i));
          String found = tokens.decode(ids);
          if (IntStream.of(ids).anyMatch(normalized::contains)) {
            continue;
          }
          compared++;
          if (!found.equals(text)) {
            wrong.add(
                "folder %d %s%s:\n  expected %s\n  found    %s"
                    .formatted(f, given.get("config"), given.get("tokenizer_config"), text, found));
          }
        }
        equal += wrong.size() == before ? 1 : 0;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(equal).isEqualTo(557);
    assertThat(compared).isEqualTo(6741);
  }

  /** The ids of added tokens for which the normalizer was asked at any time, where there is one. */
  private static Set<Integer> normalized(JsonNode file, JsonNode given) {
    Set<Integer> ids = new HashSet<>();
    Set<String> before = new HashSet<>();
    given.path("added_tokens").fieldNames().forEachRemaining(before::add);
    for (JsonNode token : given.get("tokenizer").get("added_tokens")) {
      if (token.get("normalized").booleanValue()) {
        before.add(token.get("content").textValue());
      }
    }
    JsonNode vocabulary = file.path("model").path("vocab");
    int next = vocabulary.size();
    for (JsonNode token : file.get("added_tokens")) {
      String content = token.get("content").textValue();
      JsonNode known = vocabulary.path(content);
      int id = known.isInt() ? known.intValue() : next;
      next = Math.max(next, id + 1);
      boolean asked = token.get("normalized").booleanValue() || before.contains(content);
      if (asked && !file.path("normalizer").isNull()) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static int[] ids(JsonNode list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).intValue();
    }
    return ids;
  }
}
