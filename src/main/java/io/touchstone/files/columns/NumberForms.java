package io.touchstone.files.columns;

import io.touchstone.conversation.line.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Forms of numbers, of all digits that they have. */
final class NumberForms {

  /** More than any decimal has; a number beyond would be written out with all its zeros. */
  private static final int MOST_WHOLE_DIGITS = 1_000;

  private NumberForms() {}

  /** Whole numbers as they are. */
  static ValueForm whole(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
        ? new ValueForm(ValueForm.Kind.NUMBER, Object::toString, Integer::valueOf)
        : new ValueForm(ValueForm.Kind.NUMBER, Object::toString, Long::valueOf);
  }

  /** Whole numbers of so many bits. */
  static ValueForm whole(IntLogicalTypeAnnotation of, PrimitiveType type) {
    boolean is64 = type.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    if (of.isSigned()) {
      return new ValueForm(
          ValueForm.Kind.NUMBER,
          Object::toString,
          text -> {
            long value = Long.parseLong(text);
            int unused = Long.SIZE - of.getBitWidth();
            if (value << unused >> unused != value) {
              throw new ArithmeticException("more than " + of.getBitWidth() + " bits");
            }
            return is64 ? (Object) value : (Object) Math.toIntExact(value);
          });
    }
    return new ValueForm(
        ValueForm.Kind.NUMBER,
        value ->
            is64 ? Long.toUnsignedString((Long) value) : Integer.toUnsignedString((Integer) value),
        text -> {
          BigInteger value = new BigInteger(text);
          if (value.signum() < 0 || value.bitLength() > of.getBitWidth()) {
            throw new ArithmeticException("more than " + of.getBitWidth() + " bits");
          }
          return is64 ? (Object) value.longValue() : (Object) value.intValue();
        });
  }

  static ValueForm decimal(DecimalLogicalTypeAnnotation of, PrimitiveType type) {
    return new ValueForm(
        ValueForm.Kind.NUMBER,
        value -> ValueText.decimal(new BigDecimal(unscaled(value), of.getScale())),
        text -> {
          BigDecimal value = new BigDecimal(text);
          if ((long) value.precision() - value.scale() > MOST_WHOLE_DIGITS) {
            throw new ArithmeticException("more than " + MOST_WHOLE_DIGITS + " digits");
          }
          return stored(
              value.setScale(of.getScale(), RoundingMode.UNNECESSARY).unscaledValue(), type);
        });
  }

  private static BigInteger unscaled(Object value) {
    return value instanceof Binary bytes
        ? bytes.length() == 0 ? BigInteger.ZERO : new BigInteger(bytes.getBytes())
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static Object stored(BigInteger unscaled, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> unscaled.intValueExact();
      case INT64 -> unscaled.longValueExact();
      case FIXED_LEN_BYTE_ARRAY ->
          Binary.fromConstantByteArray(extended(unscaled, type.getTypeLength()));
      case BINARY, BOOLEAN, FLOAT, DOUBLE, INT96 ->
          Binary.fromConstantByteArray(unscaled.toByteArray());
    };
  }

  /** In two's complement of so many bytes. */
  private static byte[] extended(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    if (bytes.length > length) {
      throw new ArithmeticException("more than " + length + " bytes");
    }
    byte[] all = new byte[length];
    Arrays.fill(all, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, all, length - bytes.length, bytes.length);
    return all;
  }

  /** Numbers of 16 bits, as the {@code float} that each is. */
  static ValueForm half() {
    return new ValueForm(
        ValueForm.Kind.NUMBER,
        value -> Float.toString(HalfFloat.toFloat(littleEndian((Binary) value).getShort())),
        text -> {
          short half = HalfFloat.ofFloat(Float.parseFloat(text));
          return Binary.fromConstantByteArray(
              ByteBuffer.allocate(Short.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putShort(half)
                  .array());
        });
  }

  private static ByteBuffer littleEndian(Binary value) {
    return ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
