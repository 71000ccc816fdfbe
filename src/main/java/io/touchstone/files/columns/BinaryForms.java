package io.touchstone.files.columns;

import io.touchstone.conversation.line.ValueText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Forms of bytes: in base64, or what they say. */
final class BinaryForms {

  private static final int UUID_BYTES = 16;

  private BinaryForms() {}

  static ValueForm bytes(PrimitiveType type) {
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> ValueText.base64(((Binary) value).getBytes()),
        text -> sized(Base64.getDecoder().decode(text), type));
  }

  /** The bytes, where they are as many as the type has. */
  static Binary sized(byte[] bytes, PrimitiveType type) {
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
        && bytes.length != type.getTypeLength()) {
      throw new IllegalArgumentException("expected " + type.getTypeLength() + " bytes");
    }
    return Binary.fromConstantByteArray(bytes);
  }

  static ValueForm utf8() {
    return new ValueForm(ValueForm.Kind.TEXT, BinaryForms::decoded, Binary::fromString);
  }

  private static String decoded(Object value) {
    try {
      // A new decoder reports what is malformed, and replaces nothing.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(((Binary) value).getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("no UTF-8", e);
    }
  }

  static ValueForm uuid() {
    return new ValueForm(
        ValueForm.Kind.TEXT,
        value -> {
          ByteBuffer bytes = ByteBuffer.wrap(((Binary) value).getBytes());
          return new UUID(bytes.getLong(), bytes.getLong()).toString();
        },
        text -> {
          UUID id = UUID.fromString(text);
          return Binary.fromConstantByteArray(
              ByteBuffer.allocate(UUID_BYTES)
                  .putLong(id.getMostSignificantBits())
                  .putLong(id.getLeastSignificantBits())
                  .array());
        });
  }
}
