/**
 * From a conversation to its prompt text: Hugging Face chat templates (a Jinja renderer) and
 * SteerLM's fixed prompt; imports conversation.
 */
@NullMarked
package io.touchstone.template;

import org.jspecify.annotations.NullMarked;
