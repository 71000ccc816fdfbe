/** From a conversation to what a forward pass reads; imports scoring and what it stands on. */
@NullMarked
package io.touchstone.scoring.prompt;

import org.jspecify.annotations.NullMarked;
