/**
 * What {@code config.json} says of an encoder: its family, its sizes, how its tokens see each
 * other, its head; imports checkpoint.config and problem.
 */
@NullMarked
package io.touchstone.checkpoint.encoder;

import org.jspecify.annotations.NullMarked;
