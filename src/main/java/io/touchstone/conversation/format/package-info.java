/**
 * The line formats: what tells them, what they read and write; imports conversation,
 * conversation.line and problem.
 */
@NullMarked
package io.touchstone.conversation.format;

import org.jspecify.annotations.NullMarked;
