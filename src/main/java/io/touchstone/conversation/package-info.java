/** A conversation and its turns; imports nothing of ours. */
@NullMarked
package io.touchstone.conversation;

import org.jspecify.annotations.NullMarked;
