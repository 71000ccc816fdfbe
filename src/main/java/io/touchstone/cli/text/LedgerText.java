package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.ledger.Compaction;
import io.touchstone.ledger.LedgerContent;
import java.util.List;

/** What is told of a ledger. */
public final class LedgerText {
  private LedgerText() {}

  public static String shown(List<LedgerContent> contents) {
    Text text = new Text();
    text.line(
        "%,d scores in %,d files",
        contents.stream().mapToLong(LedgerContent::entries).sum(),
        contents.stream().mapToInt(LedgerContent::volumes).sum());
    for (LedgerContent content : contents) {
      text.line("")
          .line(
              "  %s*  %,d scores in %,d files, %,d bytes",
              content.filePrefix(), content.entries(), content.volumes(), content.bytes());
      content.identity().text().lines().forEach(line -> text.line("    %s", line));
    }
    return text.toString();
  }

  public static String verified(long entries) {
    return Text.of("%,d scores read, all files whole\n", entries);
  }

  public static String compacted(Compaction done) {
    Text text = new Text();
    text.line(
        "%,d scores in %,d files, which were %,d; %,d were there more than once",
        done.entries(), done.volumesAfter(), done.volumesBefore(), done.repeated());
    if (done.disagreeing() > 0) {
      text.line(
          "%,d of these differed in some bit, as on machines of several kinds; one was kept",
          done.disagreeing());
    }
    return text.toString();
  }
}
