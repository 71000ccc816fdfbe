package io.touchstone.conversation.format;

import com.fasterxml.jackson.core.JsonParser;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns with ShareGPT's names for the speakers. */
record ShareGptTurns(String path, List<LabelledTurn> said) implements Turns {

  private static final Pattern A_WORD = Pattern.compile("[A-Za-z0-9_-]{1,20}");

  static ShareGptTurns read(JsonParser in) throws IOException {
    return new ShareGptTurns(JsonPath.of(in), LabelledTurn.readAll(in));
  }

  @Override
  public List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    for (LabelledTurn turn : said) {
      turns.add(Turn.of(role(turn.from(), turns.size()), turn.value()));
    }
    return turns;
  }

  private Role role(String from, int index) {
    return switch (from) {
      case "human", "user" -> Role.USER;
      case "gpt", "assistant", "chatgpt" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      default ->
          throw new RowProblem(
              Malformation.UNKNOWN_SPEAKER,
              path + "[" + index + "].from",
              "expected human, user, gpt, assistant, chatgpt or system, found "
                  + (A_WORD.matcher(from).matches() ? from : "another text"));
    };
  }
}
