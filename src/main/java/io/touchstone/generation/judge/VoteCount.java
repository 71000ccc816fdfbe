package io.touchstone.generation.judge;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Judgement;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Votes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a judge's answers to one prompt to their reward. */
record VoteCount(Judge judge) {

  /**
   * The mean of the votes, and their standard deviation over their number.
   *
   * @return empty where no answer has a judgement, and none has to do without
   */
  Optional<Reward> of(List<Answer> answers) {
    List<Double> votes = new ArrayList<>();
    List<String> rationales = new ArrayList<>();
    int missing = 0;
    int astray = 0;
    for (Answer answer : answers) {
      Judgement judgement = answer.judgement();
      rationales.add(rationale(answer));
      if (judgement == null) {
        missing++;
        if (judge.missing() != null) {
          votes.add(judge.missing());
        }
      } else {
        astray += judge.rule().isMetBy(judgement) ? 0 : 1;
        votes.add(judgement.difference());
      }
    }
    if (votes.isEmpty()) {
      return Optional.empty();
    }
    double mean = votes.stream().mapToDouble(vote -> vote).average().orElseThrow();
    double square =
        votes.stream().mapToDouble(vote -> (vote - mean) * (vote - mean)).average().orElseThrow();
    return Optional.of(
        new Reward(
            new float[] {(float) mean},
            List.of(new Votes((float) Math.sqrt(square), missing, astray, rationales))));
  }

  /** All that it wrote, its thought first. */
  private static String rationale(Answer answer) {
    String thought = answer.thought();
    String response = answer.response();
    if (thought == null || response == null) {
      return thought == null ? String.valueOf(response) : thought;
    }
    return thought + "\n\n" + response;
  }
}
