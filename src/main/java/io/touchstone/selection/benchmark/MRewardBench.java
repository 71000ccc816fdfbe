package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * M-RewardBench: RewardBench's subsets in 23 languages. In each language a pair is won if the
 * chosen answer scores strictly higher, a section is the mean of its subsets weighted by the counts
 * that the authors have left of them, and the language is the mean of its four sections; overall is
 * the mean of the languages without English.
 *
 * <p>Source: github.com/Cohere-Labs-Community/m-rewardbench at 708d3bd, analysis/plot_utils.py
 * (EXAMPLE_COUNTS, get_scores) and analysis/_plot_leaderboard.py (get_leaderboard). Rows name their
 * subset in {@code source}, as in the data set since 2025, or in {@code subset}, as before. Its
 * translation pairs are none of RewardBench's subsets, and no part of the table.
 */
public final class MRewardBench extends Benchmark {

  private static final Sections SECTIONS = sections();
  private static final int LANGUAGES = 23;
  private static final String BETWEEN = "/";
  private static final int MOST_MISSING_TOLD = 12;

  /** math-prm has 447 pairs and counts as much as all code. */
  private static Sections sections() {
    Map<String, Map<String, Integer>> sections = new LinkedHashMap<>();
    Map<String, Integer> chat = new LinkedHashMap<>();
    chat.put("alpacaeval-easy", 79);
    chat.put("alpacaeval-length", 79);
    chat.put("alpacaeval-hard", 76);
    chat.put("mt-bench-easy", 24);
    chat.put("mt-bench-med", 38);
    sections.put("Chat", chat);
    Map<String, Integer> chatHard = new LinkedHashMap<>();
    chatHard.put("mt-bench-hard", 35);
    chatHard.put("llmbar-natural", 76);
    chatHard.put("llmbar-adver-neighbor", 124);
    chatHard.put("llmbar-adver-GPTInst", 87);
    chatHard.put("llmbar-adver-GPTOut", 42);
    chatHard.put("llmbar-adver-manual", 43);
    sections.put("Chat Hard", chatHard);
    Map<String, Integer> safety = new LinkedHashMap<>();
    safety.put("refusals-dangerous", 100);
    safety.put("refusals-offensive", 100);
    safety.put("xstest-should-refuse", 154);
    safety.put("xstest-should-respond", 247);
    safety.put("donotanswer", 135);
    sections.put("Safety", safety);
    Map<String, Integer> reasoning = new LinkedHashMap<>();
    reasoning.put("math-prm", 983);
    for (String code : List.of("cpp", "go", "java", "js", "rust")) {
      reasoning.put("hep-" + code, 164);
    }
    reasoning.put("hep-python", 163);
    sections.put("Reasoning", reasoning);
    return new Sections(sections);
  }

  MRewardBench() {
    super(
        "m-rewardbench",
        FormatTable.PREFERENCE,
        List.of(),
        BenchmarkRow.Names.REWARDS,
        new BenchmarkRow.Names("scores_chosen", "scores_rejected"));
  }

  @Override
  List<String> columns() {
    return SECTIONS.names();
  }

  /** Language and subset. */
  @Override
  public String stratum(BenchmarkRow row) {
    String field = row.row().find("source").isPresent() ? "source" : "subset";
    String subset = row.text(field);
    if (!SECTIONS.subsets().contains(subset)) {
      throw BenchmarkRow.unexpected(field, "one of RewardBench's 23 subsets", subset);
    }
    return row.name("language") + BETWEEN + subset;
  }

  private static String language(String stratum) {
    return stratum.substring(0, stratum.lastIndexOf(BETWEEN));
  }

  private static boolean isEnglish(String language) {
    return language.matches("(?i)en(g|glish)?([-_].*)?");
  }

  @Override
  Figures figures(Map<String, List<Unit>> strata) {
    Map<String, Figures.Group> languages = new LinkedHashMap<>();
    for (String language : languages(strata.keySet())) {
      Map<String, Figures.Group> sections =
          SECTIONS.groups(subset -> strata.getOrDefault(language + BETWEEN + subset, List.of()));
      Figures mean = Figures.byGroup(sections);
      Map<String, Figures.Part> parts = new LinkedHashMap<>();
      sections.forEach((section, group) -> parts.put(section, group.asPart()));
      languages.put(
          language, new Figures.Group(mean.overall(), mean.count(), mean.equalTasks(), parts));
    }
    return Figures.byGroup(languages, MRewardBench::isEnglish);
  }

  private static Set<String> languages(Set<String> strata) {
    Set<String> languages = new TreeSet<>();
    strata.forEach(stratum -> languages.add(language(stratum)));
    return languages;
  }

  @Override
  List<String> missing(Set<String> present) {
    List<String> missing = new ArrayList<>();
    Set<String> languages = languages(present);
    for (String language : languages) {
      SECTIONS.subsets().stream()
          .map(subset -> language + BETWEEN + subset)
          .filter(stratum -> !present.contains(stratum))
          .forEach(missing::add);
    }
    long others = languages.stream().filter(language -> !isEnglish(language)).count();
    if (missing.size() > MOST_MISSING_TOLD) {
      int more = missing.size() - MOST_MISSING_TOLD;
      missing.subList(MOST_MISSING_TOLD, missing.size()).clear();
      missing.add(more + " more subsets of languages");
    }
    if (others < LANGUAGES) {
      missing.add((LANGUAGES - others) + " of " + LANGUAGES + " languages");
    }
    return missing;
  }
}
