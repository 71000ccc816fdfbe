package io.touchstone.tokenizer;

import java.util.Random;

/** Texts that tokenizers are seldom shown. */
final class HostileText {

  private static final String[] PIECES = {
    "a",
    "word",
    " ",
    "    ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "0123456789",
    "'s",
    "'re",
    "...",
    "\uD800",
    "\uDC00",
    "\uDBFF",
    "\uFFFD",
    "\uFFFF",
    "\uFEFF",
    "\u200D",
    "\u202E",
    "\u0301",
    "e\u0301\u0323",
    "\u05E9\u05DC\u05D5\u05DD",
    "\u0645\u0631\u062D\u0628\u0627",
    "\uFDFA",
    "\u0130",
    "\u1E9E",
    "\u00A0",
    "\u2028",
    "\u3000",
    "\uAC00",
    "\u4E00",
    "\uD83D\uDE00",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "<s>",
    "</s>",
    "<unk>",
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|eot_id|>",
    "<|begin_of_text|>",
    "<|bos|>",
    "<|",
    "|>",
    "\u2581",
    "\u0120",
    "<0x41>"
  };

  private HostileText() {}

  /**
   * @param most characters, about
   */
  static String of(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(1 + random.nextInt(most));
    while (text.length() < length) {
      String piece = piece(random);
      int times = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(1 << random.nextInt(11));
      text.append(piece.repeat(Math.min(times, 1 + most / Math.max(1, piece.length()))));
    }
    return text.toString();
  }

  private static String piece(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> String.valueOf((char) random.nextInt(1 << 16));
      case 1 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
      case 2 -> String.valueOf((char) (0x300 + random.nextInt(0x70)));
      case 3 -> String.valueOf((char) random.nextInt(128));
      default -> PIECES[random.nextInt(PIECES.length)];
    };
  }
}
