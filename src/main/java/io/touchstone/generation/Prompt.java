package io.touchstone.generation;

import io.touchstone.conversation.Conversation;
import java.util.Optional;

/**
 * What is to be answered.
 *
 * @param line the first byte of the row's line: who it is, for the job
 * @param conversation up to the turn that is answered, or with the answer's beginning as its last
 *     turn
 * @param continues whether its last turn is the beginning of the answer
 * @param id what identifies the row for draws; empty for its prompt's tokens
 */
public record Prompt(
    long line, Conversation conversation, boolean continues, Optional<String> id) {}
