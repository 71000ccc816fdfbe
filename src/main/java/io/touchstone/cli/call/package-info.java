/**
 * A command line and its configuration files: flags, settings, precedence, help; imports no other
 * room of cli.
 */
@NullMarked
package io.touchstone.cli.call;

import org.jspecify.annotations.NullMarked;
