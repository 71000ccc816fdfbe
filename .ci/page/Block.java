package page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code of a page, indented by four columns behind a blank line, or fenced.
 *
 * @param line the number of its first line, from 1
 * @param mark what the comment in front of it says, or nothing
 * @param language what its fence says, or nothing
 */
record Block(String page, int line, String mark, String language, List<String> lines) {
  private static final Pattern MARK =
      Pattern.compile("<!-- (prints|text|not run: .+|with the program before|exit \\d+) -->");

  private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*(?:import|from) (\\w+)");

  /** Programs that a machine may lack, as commands. */
  private static final Pattern PROGRAM = Pattern.compile("(?m)(?<=^|[|] )(python3|jq)\\b");

  /** Languages of fences whose blocks are run; those of any other language are texts. */
  private static final List<String> RUN = List.of("", "sh", "bash", "python");

  static List<Block> of(String page, List<String> lines) {
    var blocks = new ArrayList<Block>();
    String mark = "";
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher marked = MARK.matcher(line);
      boolean fenced = line.startsWith("```");
      if (marked.matches()) {
        mark = marked.group(1);
      } else if (fenced || line.startsWith("    ") && (at == 0 || lines.get(at - 1).isBlank())) {
        int first = fenced ? at + 1 : at;
        int end = end(lines, first, fenced);
        String language = fenced ? line.substring(3).strip() : "";
        List<String> code = code(lines.subList(first, end), fenced);
        String means = mark.isEmpty() && !RUN.contains(language) ? "text" : mark;
        blocks.add(new Block(page, first + 1, means, language, code));
        mark = "";
        at = fenced ? end : end - 1;
      } else if (!line.isBlank()) {
        mark = "";
      }
    }
    return blocks;
  }

  private static int end(List<String> lines, int first, boolean fenced) {
    int end = first;
    while (end < lines.size() && goesOn(lines.get(end), fenced)) {
      end++;
    }
    return end;
  }

  private static boolean goesOn(String line, boolean fenced) {
    return fenced ? !line.startsWith("```") : line.startsWith("    ") || line.isBlank();
  }

  private static List<String> code(List<String> lines, boolean fenced) {
    return lines.stream().map(line -> fenced || line.isBlank() ? line : line.substring(4)).toList();
  }

  String at() {
    return page + ":" + line;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  boolean prints() {
    return mark.equals("prints");
  }

  boolean isText() {
    return mark.equals("text");
  }

  boolean isNotRun() {
    return mark.startsWith("not run: ");
  }

  /** Whether it goes on with what the block before has made. */
  boolean goesWithTheOneBefore() {
    return mark.equals("prints") || mark.equals("with the program before");
  }

  /** Why it is not run. */
  String reason() {
    return mark.substring("not run: ".length());
  }

  /** The status with which its commands must end. */
  int status() {
    return mark.startsWith("exit ") ? Integer.parseInt(mark.substring("exit ".length())) : 0;
  }

  boolean isPython() {
    return language.equals("python");
  }

  /** The packages that it imports, or the programs that it calls and a machine may lack. */
  List<String> needs() {
    Pattern named = isPython() ? IMPORT : PROGRAM;
    return named.matcher(text()).results().map(each -> each.group(1)).distinct().toList();
  }

  /**
   * Its commands, each with what it is shown to print; without prompts it is one command, of which
   * nothing is shown.
   */
  List<Step> steps() {
    if (lines.isEmpty() || !lines.get(0).startsWith("$ ")) {
      return List.of(new Step(line, text(), null));
    }
    var steps = new ArrayList<Step>();
    for (int at = 0; at < lines.size(); ) {
      int begun = at;
      var command = new StringBuilder(lines.get(at++).substring(2));
      while (command.toString().endsWith("\\")) {
        command.append("\n").append(lines.get(at++).strip());
      }
      int first = at;
      while (at < lines.size() && !lines.get(at).startsWith("$ ")) {
        at++;
      }
      String shown = String.join("\n", lines.subList(first, at));
      steps.add(new Step(line + begun, command + "\n", shown));
    }
    return steps;
  }

  /**
   * A command of a block.
   *
   * @param shown what the page says that it prints, or null
   */
  record Step(int line, String command, String shown) {}
}
