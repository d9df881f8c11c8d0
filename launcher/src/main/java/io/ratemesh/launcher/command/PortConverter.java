package io.ratemesh.launcher.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port. */
final class PortConverter implements ITypeConverter<Integer> {

    private static final int LAST = 65535;

    @Override
    public Integer convert(String value) {
        if (value.matches("\\d{1,5}")) {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= LAST) {
                return port;
            }
        }
        throw new TypeConversionException("'" + value + "' (expected: a port from 1 to " + LAST + ")");
    }
}
