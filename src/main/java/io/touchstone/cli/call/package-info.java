/**
 * A command line, its configuration files and its terminal: flags, settings, precedence, help,
 * text; imports no other room of cli.
 */
@NullMarked
package io.touchstone.cli.call;

import org.jspecify.annotations.NullMarked;
