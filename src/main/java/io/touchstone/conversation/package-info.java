/**
 * Conversations: their turns, who speaks, and what they have in common; imports nothing of ours.
 */
@NullMarked
package io.touchstone.conversation;

import org.jspecify.annotations.NullMarked;
