/**
 * Flags and configuration files become a configuration, and a configuration becomes a running job;
 * imports everything.
 */
@NullMarked
package io.touchstone.cli;

import org.jspecify.annotations.NullMarked;
