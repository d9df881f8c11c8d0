package io.ratemesh.launcher.command;

import io.ratemesh.launcher.state.LaunchedRole;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts values on the command line. */
final class OptionConverters {

    private OptionConverters() {}

    /** The number of converters. */
    static final class NodeCount implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            return number(value, 64, "number of converters");
        }
    }

    /** The number of converters, or {@code auto}, which is empty. */
    static final class NodeCountOrAuto implements ITypeConverter<OptionalInt> {

        @Override
        public OptionalInt convert(String value) {
            return value.equals("auto")
                    ? OptionalInt.empty()
                    : OptionalInt.of(number(value, 64, "number of converters"));
        }
    }

    /** A port. */
    static final class Port implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            return number(value, 65_535, "port");
        }
    }

    /** A role. */
    static final class Role implements ITypeConverter<LaunchedRole> {

        @Override
        public LaunchedRole convert(String value) {
            return LaunchedRole.of(value)
                    .orElseThrow(() -> new TypeConversionException(
                            '"' + value + "\" is not a valid role; use rates, converter or balancer"));
        }
    }

    private static int number(String value, int max, String kind) {
        int number = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > max) {
            throw new TypeConversionException(
                    '"' + value + "\" is not a valid " + kind + "; use a number from 1 to " + max);
        }
        return number;
    }
}
