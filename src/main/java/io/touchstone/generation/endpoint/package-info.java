/**
 * A server that speaks OpenAI's chat completions in place of a replica; imports checkpoint.config,
 * conversation, digest, generation, generation.sampling, generation.text, problem, reward and
 * scoring.
 */
@NullMarked
package io.touchstone.generation.endpoint;

import org.jspecify.annotations.NullMarked;
