/** All that can be set for each job, with its default; imports cli.call. */
@NullMarked
package io.touchstone.cli.settings;

import org.jspecify.annotations.NullMarked;
