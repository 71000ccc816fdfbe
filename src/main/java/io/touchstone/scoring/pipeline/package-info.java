/**
 * Lines through the model, a load at a time, in their order; imports batch, conversation,
 * conversation.line, reward and scoring.
 */
@NullMarked
package io.touchstone.scoring.pipeline;

import org.jspecify.annotations.NullMarked;
