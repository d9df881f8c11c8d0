package io.ratemesh.launcher.command;

import io.ratemesh.launcher.state.NodeRole;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role. */
final class RoleName implements ITypeConverter<NodeRole> {

    @Override
    public NodeRole convert(String value) {
        return NodeRole.of(value)
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' (expected: rates, converter or balancer)"));
    }
}
