/**
 * Conversations, and the line formats they are read from and scores are written back into; imports
 * Jackson, nothing of ours.
 */
@NullMarked
package io.touchstone.conversation;

import org.jspecify.annotations.NullMarked;
