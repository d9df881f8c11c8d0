package io.ratemesh.launcher.command;

import io.ratemesh.launcher.state.LaunchedRole;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role. */
final class RoleConverter implements ITypeConverter<LaunchedRole> {

    @Override
    public LaunchedRole convert(String value) {
        return LaunchedRole.of(value)
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' (expected: rates, converter or balancer)"));
    }
}
