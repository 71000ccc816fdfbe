package io.touchstone.selection.formula;

/** A parsed part of a formula, before it is known whether it must be a number or a condition. */
sealed interface Expression permits Arithmetic, Condition {}
