/**
 * Typed faces of the TorchScript programs, with shapes and tables that go into them; imports batch,
 * checkpoint.config, engine.device and scoring.
 */
@NullMarked
package io.touchstone.engine.program;

import org.jspecify.annotations.NullMarked;
