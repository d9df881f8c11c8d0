package io.ratemesh.systemtests.kubernetes;

import static java.util.stream.Collectors.toMap;

import io.ratemesh.node.settings.Settings;
import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Deployment or StatefulSet, whose pods have one container. */
record Workload(Manifest manifest) {

    private static final Pattern IMAGE_VARIABLE = Pattern.compile("(RATEMESH_\\w+)=\"?([^\\s\"]*)");

    /** What the cluster fills in. */
    private static final Map<String, String> FIELDS =
            Map.of("metadata.name", "ratemesh-converter-7c9f8d6b5-x2k4p", "status.podIP", "10.244.1.7");

    static boolean isOne(Manifest manifest) {
        return Set.of("Deployment", "StatefulSet").contains(manifest.kind());
    }

    Manifest pod() {
        return manifest.part("spec.template.spec");
    }

    Manifest container() {
        return pod().part("containers.0");
    }

    /** The first argument of the container. */
    String role() {
        return container().text("args.0");
    }

    Map<String, String> labels() {
        return manifest.texts("spec.template.metadata.labels");
    }

    boolean isSelectedBy(Map<String, String> selector) {
        return labels().entrySet().containsAll(selector.entrySet());
    }

    /** The ports of the container by their name. */
    Map<String, Integer> ports() {
        return container()
                .items("ports")
                .collect(toMap(port -> port.text("name"), port -> port.number("containerPort")));
    }

    /** The folders that are mounted, by the name of their volume. */
    Map<String, Path> mounts() {
        return container()
                .items("volumeMounts")
                .collect(toMap(mount -> mount.text("name"), mount -> Path.of(mount.text("mountPath"))));
    }

    /** Where a volume is mounted. */
    Path mount(String volume) {
        return Optional.ofNullable(mounts().get(volume))
                .orElseThrow(() -> new AssertionError(this + " mounts no " + volume));
    }

    /** The settings as the node reads them: the file, the environment of the image, that of the manifest. */
    Settings settings(Path file) {
        Map<String, String> environment = new HashMap<>(imageVariables());
        container().items("env").forEach(variable -> environment.put(variable.text("name"), value(variable)));
        return Settings.load(Optional.of(file), List.of(), environment);
    }

    private static String value(Manifest variable) {
        return variable.find("value")
                .map(String::valueOf)
                .orElseGet(() -> Optional.ofNullable(FIELDS.get(variable.text("valueFrom.fieldRef.fieldPath")))
                        .orElseThrow(() -> new AssertionError("no value for " + variable.root())));
    }

    private static Map<String, String> imageVariables() {
        return IMAGE_VARIABLE
                .matcher(dockerfile())
                .results()
                .collect(toMap(found -> found.group(1), (MatchResult found) -> found.group(2)));
    }

    static String dockerfile() {
        try {
            return Files.readString(Workspace.module("Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return manifest.toString();
    }
}
