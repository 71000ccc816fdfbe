/**
 * A generator that asks a server for answers, by OpenAI's chat completions; imports conversation,
 * generation with its sampling and text, digest, problem, reward and scoring.
 */
@NullMarked
package io.touchstone.generation.endpoint;

import org.jspecify.annotations.NullMarked;
