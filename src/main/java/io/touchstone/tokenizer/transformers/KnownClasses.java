package io.touchstone.tokenizer.transformers;

import java.util.Set;

/**
 * Tokenizer classes that transformers 5.23.0 has, without {@code Fast}: what a name means to it.
 * One that it does not know it takes for the file as it stands.
 */
final class KnownClasses {
  private static final Set<String> BACKEND =
      Set.of("TokenizersBackend", "PreTrainedTokenizer", "PythonBackend", "BloomTokenizer");

  /** They build the tokenizer anew in ways of their own, or do without Hugging Face's library. */
  private static final Set<String> NOT_FOLLOWED =
      Set.of(
          "AlbertTokenizer",
          "BartTokenizer",
          "BarthezTokenizer",
          "BartphoTokenizer",
          "BasicTokenizer",
          "BertGenerationTokenizer",
          "BertJapaneseTokenizer",
          "BertTokenizer",
          "BertTokenizerLegacy",
          "BertweetTokenizer",
          "BigBirdTokenizer",
          "BioGptTokenizer",
          "BlenderbotSmallTokenizer",
          "BlenderbotTokenizer",
          "ByT5Tokenizer",
          "CLIPTokenizer",
          "CTRLTokenizer",
          "CamembertTokenizer",
          "CanineTokenizer",
          "CharacterTokenizer",
          "ClvpTokenizer",
          "CodeGenTokenizer",
          "CohereTokenizer",
          "ConvBertTokenizer",
          "CpmAntTokenizer",
          "CpmTokenizer",
          "DPRContextEncoderTokenizer",
          "DPRQuestionEncoderTokenizer",
          "DPRReaderTokenizer",
          "DebertaTokenizer",
          "DebertaV2Tokenizer",
          "DiaTokenizer",
          "DistilBertTokenizer",
          "EsmTokenizer",
          "EsmcTokenizer",
          "FNetTokenizer",
          "FSMTTokenizer",
          "FastSpeech2ConformerTokenizer",
          "FlaubertTokenizer",
          "FunnelTokenizer",
          "GPTNeoXJapaneseTokenizer",
          "GPTSw3Tokenizer",
          "HerbertTokenizer",
          "LEDTokenizer",
          "LasrTokenizer",
          "LayoutLMv2Tokenizer",
          "LayoutLMv3Tokenizer",
          "LayoutXLMTokenizer",
          "LukeTokenizer",
          "LxmertTokenizer",
          "M2M100Tokenizer",
          "MBart50Tokenizer",
          "MBartTokenizer",
          "MLukeTokenizer",
          "MPNetTokenizer",
          "MarianTokenizer",
          "MarkupLMTokenizer",
          "MecabTokenizer",
          "MgpstrTokenizer",
          "MistralCommonBackend",
          "MobileBertTokenizer",
          "MvpTokenizer",
          "MyT5Tokenizer",
          "NllbTokenizer",
          "NougatTokenizer",
          "OpenAIGPTTokenizer",
          "PLBartTokenizer",
          "ParakeetTokenizer",
          "PegasusTokenizer",
          "PerceiverTokenizer",
          "PhobertTokenizer",
          "Pop2PianoTokenizer",
          "PreTrainedTokenizerBase",
          "ProphetNetTokenizer",
          "Qwen3_5Tokenizer",
          "RagTokenizer",
          "ReformerTokenizer",
          "RemBertTokenizer",
          "RoCBertTokenizer",
          "RoFormerTokenizer",
          "RobertaTokenizer",
          "SeamlessM4TTokenizer",
          "SentencePieceBackend",
          "Siglip2Tokenizer",
          "SiglipTokenizer",
          "Speech2TextTokenizer",
          "SpeechT5Tokenizer",
          "SplinterTokenizer",
          "SqueezeBertTokenizer",
          "T5Tokenizer",
          "TapasTokenizer",
          "Tipsv2Tokenizer",
          "UdopTokenizer",
          "VideoPrismTokenizer",
          "VitsTokenizer",
          "Wav2Vec2CTCTokenizer",
          "Wav2Vec2PhonemeCTCTokenizer",
          "WhisperTokenizer",
          "WordpieceTokenizer",
          "XGLMTokenizer",
          "XLMRobertaTokenizer",
          "XLMTokenizer",
          "XLNetTokenizer");

  private KnownClasses() {}

  static boolean isBackend(String className) {
    return BACKEND.contains(className);
  }

  static boolean isNotFollowed(String className) {
    return NOT_FOLLOWED.contains(className);
  }
}
