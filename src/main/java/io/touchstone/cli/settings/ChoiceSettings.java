package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.selection.ScalarPreset;
import io.touchstone.selection.formula.Formula;
import java.util.Optional;

/** What the jobs that choose by scores have in common. */
public final class ChoiceSettings {
  private ChoiceSettings() {}

  public static final Setting<Optional<Formula>> SCALAR =
      Setting.of(Topic.CHOICE, "choice.scalar", "--scalar", "FORMULA", "none")
          .withHelp(
              "a score out of several attributes, such as 0.65*helpfulness+0.8*correctness, written"
                  + " as the field scalar; or the published weights of "
                  + ScalarPreset.words())
          .as(Readers.optional("none", text -> Formula.parse(ScalarPreset.resolve(text))));
}
