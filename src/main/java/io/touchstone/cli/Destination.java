package io.touchstone.cli;

/** A folder that a job writes and that every call has to name. */
record Destination(String flag, String help) {

  static final Destination OUTPUT =
      new Destination(
          "--output",
          "the folder that receives the result; the same command run again finishes what is missing"
              + " in it (required)");
}
