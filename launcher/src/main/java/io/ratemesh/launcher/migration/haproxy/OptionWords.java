package io.ratemesh.launcher.migration.haproxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a {@code bind} or {@code server} line, which are words with or without a value. */
final class OptionWords {

    private static final Set<String> WITH_VALUE = Set.of(
            "weight",
            "inter",
            "fastinter",
            "downinter",
            "rise",
            "fall",
            "maxconn",
            "maxqueue",
            "minconn",
            "slowstart",
            "port",
            "addr",
            "cookie",
            "id",
            "observe",
            "error-limit",
            "on-error",
            "on-marked-down",
            "on-marked-up",
            "resolvers",
            "resolve-prefer",
            "resolve-opts",
            "resolve-net",
            "init-addr",
            "proto",
            "alpn",
            "npn",
            "check-alpn",
            "check-proto",
            "check-sni",
            "sni",
            "verify",
            "verifyhost",
            "ca-file",
            "crl-file",
            "crt",
            "crt-list",
            "ciphers",
            "ciphersuites",
            "curves",
            "ecdhe",
            "agent-port",
            "agent-inter",
            "agent-addr",
            "agent-send",
            "namespace",
            "pool-max-conn",
            "pool-purge-delay",
            "pool-low-conn",
            "tcp-ut",
            "track",
            "redir",
            "source",
            "ssl-min-ver",
            "ssl-max-ver",
            "log-proto",
            "max-reuse",
            "name",
            "process",
            "thread",
            "interface",
            "mss",
            "uid",
            "gid",
            "mode",
            "user",
            "group",
            "level",
            "nice",
            "backlog",
            "ca-verify-file",
            "crt-ignore-err",
            "ca-ignore-err",
            "tls-ticket-keys",
            "proxy-v2-options",
            "ws");

    private final Map<String, String> options = new LinkedHashMap<>();

    /** Adds options; those that are there already are replaced. */
    void add(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean hasValue = WITH_VALUE.contains(word) && i + 1 < words.size();
            options.put(word, hasValue ? words.get(++i) : "");
        }
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    void remove(String option) {
        options.remove(option);
    }

    /** Options and values, in order. */
    Map<String, String> all() {
        return options;
    }

    /** An option with its value, as it is written. */
    static String written(Map.Entry<String, String> option) {
        return option.getValue().isEmpty() ? option.getKey() : option.getKey() + " " + option.getValue();
    }
}
