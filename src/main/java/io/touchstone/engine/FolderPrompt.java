package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ScorerException;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.template.jinja.TemplateLimits;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.RememberedPieces;
import io.touchstone.tokenizer.TextsWithout;
import io.touchstone.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** What of a checked folder makes prompts: its chat template and its tokenizer. */
final class FolderPrompt {

  private FolderPrompt() {}

  /**
   * The folder again, as it was when it was checked.
   *
   * @throws ScorerException if it is another one
   */
  static Checkpoint same(Path folder, Checkpoint.Reading reading, String fingerprint) {
    Checkpoint checkpoint = Checkpoint.open(folder, reading);
    if (!checkpoint.fingerprint().equals(fingerprint)) {
      throw new ScorerException(
          Problem.in(folder)
              .expected("the model with fingerprint " + fingerprint)
              .found(checkpoint.fingerprint()));
    }
    return checkpoint;
  }

  /**
   * @param otherWays to a prompt without the folder's template; fit to follow the first
   * @throws TemplateException if the folder has no chat template that can be used
   */
  static ChatPrompt chat(Checkpoint checkpoint, LocalDate date, String otherWays) {
    String source =
        checkpoint
            .chatTemplate()
            .orElseThrow(
                () -> new TemplateException(noTemplate(checkpoint.templateNames(), otherWays)));
    return new ChatPrompt(
        compiled(source, date),
        checkpoint.toolTemplate().map(tools -> compiled(tools, date)),
        checkpoint.tokenizer().templateTokens());
  }

  private static ChatTemplate compiled(String source, LocalDate date) {
    return ChatTemplate.compile(source, TemplateLimits.defaults(), date.atStartOfDay());
  }

  private static String noTemplate(List<String> names, String otherWays) {
    return Problem.in("tokenizer_config.json")
        .field("chat_template")
        .expected(
            "one there or in chat_template.jinja; --chat-template FILE takes another" + otherWays)
        .found(
            names.isEmpty()
                ? "none"
                : "several without a default: " + Problem.shown(String.join(", ", names)));
  }

  /** The tokenizer as transformers has it, for any text that is no command to it. */
  static Tokenizer tokenizer(Checkpoint checkpoint) {
    Tokenizer library = HuggingFaceTokens.of(checkpoint.tokenizerJson());
    Tokenizer pieces = new RememberedPieces(checkpoint.tokenizer().cuts(), library);
    return checkpoint
        .tokenizer()
        .fillToken()
        .map(word -> (Tokenizer) new TextsWithout(word, pieces))
        .orElse(pieces);
  }
}
