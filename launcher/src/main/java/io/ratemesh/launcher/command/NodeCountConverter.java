package io.ratemesh.launcher.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many converters are wanted. */
final class NodeCountConverter implements ITypeConverter<Integer> {

    private static final int MOST = 64;

    @Override
    public Integer convert(String value) {
        if (value.matches("\\d{1,3}")) {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= MOST) {
                return count;
            }
        }
        throw new TypeConversionException("'" + value + "' (expected: a number of converters from 1 to " + MOST + ")");
    }
}
