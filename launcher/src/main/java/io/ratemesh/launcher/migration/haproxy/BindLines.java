package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.FrontDoor;
import io.ratemesh.launcher.migration.draft.FrontDoor.Kind;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code bind} lines of frontends for HTTP. */
final class BindLines {

    private static final Set<String> NEED_NOTHING =
            Set.of("ssl", "accept-proxy", "name", "id", "v4v6", "v6only", "proto", "crt");

    private final SettingsDraft draft;
    private final FrontDoor frontDoor;
    private final String certificates;

    /** With the folder of {@code crt-base}; empty for none. */
    BindLines(SettingsDraft draft, FrontDoor frontDoor, String certificates) {
        this.draft = draft;
        this.frontDoor = frontDoor;
        this.certificates = certificates;
    }

    /** The addresses of a line; empty if it has others too. */
    static Optional<List<HaproxyAddress>> addresses(Directive bind) {
        List<Optional<HaproxyAddress>> all = Arrays.stream(bind.argument(0).split(","))
                .map(HaproxyAddress::parse)
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? Optional.of(all.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    static OptionWords options(Directive bind) {
        OptionWords options = new OptionWords();
        options.add(bind.arguments().subList(1, bind.arguments().size()));
        return options;
    }

    /** Adds a line as a listener of the front door. */
    void add(Directive bind) {
        OptionWords options = options(bind);
        Kind kind = kind(options);
        Optional<List<HaproxyAddress>> addresses = addresses(bind);
        if (addresses.isEmpty()) {
            draft.notMapped(bind, kind.key(), "its addresses must be addresses with a port");
            return;
        }
        Optional<String> certificate = certificate(options);
        if (kind == Kind.TLS && certificate.isEmpty()) {
            draft.notMapped(bind, kind.key(), "it must name a PEM file with crt");
            return;
        }
        List<String> parts = new ArrayList<>(withoutSetting(options));
        for (HaproxyAddress address : addresses.get()) {
            if (!frontDoor.listen(kind, address.bind(), address.port())) {
                parts.add(address.bind() + ":" + address.port() + ", since there is one listener of this kind");
            }
        }
        if (parts.size() - withoutSetting(options).size() < addresses.get().size()) {
            certificate.ifPresent(file -> addCertificate(file, parts));
            if (options.has("accept-proxy")) {
                draft.set(kind.key() + ".proxy-protocol", true);
            }
        }
        draft.mappedWithout(bind, kind.key(), parts);
    }

    /** HAProxy reads the certificate and its key from one file. */
    private void addCertificate(String file, List<String> parts) {
        if (!draft.agree("balancer.tls.cert", file) || !draft.agree("balancer.tls.key", file)) {
            parts.add("crt " + file + ", since there is one certificate");
        }
    }

    private Optional<String> certificate(OptionWords options) {
        return Optional.ofNullable(options.all().get("crt"))
                // A folder has several.
                .filter(file -> !file.endsWith("/"))
                .map(file -> file.startsWith("/") || certificates.isEmpty() ? file : certificates + "/" + file);
    }

    private static Kind kind(OptionWords options) {
        if (options.has("ssl")) {
            return Kind.TLS;
        }
        return options.all().getOrDefault("proto", "").equals("h2") ? Kind.H2C : Kind.HTTP;
    }

    private static List<String> withoutSetting(OptionWords options) {
        return options.all().entrySet().stream()
                .filter(option -> !hasSetting(option))
                .map(OptionWords::written)
                .toList();
    }

    private static boolean hasSetting(Map.Entry<String, String> option) {
        return switch (option.getKey()) {
            case "alpn" -> Set.of("h2,http/1.1", "h2").contains(option.getValue());
            case "ssl-min-ver" -> option.getValue().equals("TLSv1.2");
            case "no-sslv3", "no-tlsv10", "no-tlsv11" -> true;
            default -> NEED_NOTHING.contains(option.getKey());
        };
    }
}
