/**
 * One line as JSON: its text, its values, where new ones go, and what is wrong with it; imports
 * conversation.
 */
@NullMarked
package io.touchstone.conversation.line;

import org.jspecify.annotations.NullMarked;
