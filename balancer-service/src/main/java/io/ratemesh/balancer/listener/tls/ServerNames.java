package io.ratemesh.balancer.listener.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which certificates are for a server name: those that have the name among their alternative names, else those that have a wildcard for
 * its first label (RFC 9525 §6.3). The common name does not count.
 */
final class ServerNames {

    private static final int DNS_NAME = 2;
    private static final String ANY_LABEL = "*.";

    private final Map<String, List<Integer>> byName;

    private ServerNames(Map<String, List<Integer>> byName) {
        this.byName = byName;
    }

    /** The names of these certificates, which are referred to by their index. */
    static ServerNames of(List<X509Certificate> certificates) {
        Map<String, List<Integer>> byName = new HashMap<>();
        for (int i = 0; i < certificates.size(); i++) {
            for (String name : in(certificates.get(i))) {
                byName.computeIfAbsent(name, ignored -> new ArrayList<>()).add(i);
            }
        }
        return new ServerNames(byName);
    }

    /** The DNS names that a certificate is for, in lower case; a wildcard as {@code *.example.com}. */
    static List<String> in(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) {
                return List.of();
            }
            return alternatives.stream()
                    .filter(alternative -> Integer.valueOf(DNS_NAME).equals(alternative.get(0)))
                    .map(alternative -> String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
        } catch (CertificateParsingException e) {
            // Then it has no name that a client could verify.
            return List.of();
        }
    }

    /** Whether no two certificates have the same name. */
    boolean areUnique() {
        return byName.values().stream().allMatch(certificates -> certificates.size() == 1);
    }

    /** The certificates for a name, in the order in which they are listed; none where no certificate is for it. */
    List<Integer> certificates(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        List<Integer> exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? List.of() : byName.getOrDefault(ANY_LABEL + name.substring(dot + 1), List.of());
    }
}
