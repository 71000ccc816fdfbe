/**
 * Prompts that are made of a row's prompt, response and feedback; imports conversation,
 * conversation.format, conversation.line, generation.text and problem.
 */
@NullMarked
package io.touchstone.generation.recipe;

import org.jspecify.annotations.NullMarked;
