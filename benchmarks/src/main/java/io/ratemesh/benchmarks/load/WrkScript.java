package io.ratemesh.benchmarks.load;

import java.util.List;
import java.util.stream.Collectors;

/** Lua scripts for wrk. Their texts are given in long brackets, in which no character is special. */
final class WrkScript {

    private WrkScript() {}

    /** Sends GET requests of the paths in turn. */
    static String get(List<String> paths) {
        return """
                local paths = {%s}
                local requests = {}
                local sent = 0
                init = function()
                  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end
                end
                request = function()
                  sent = sent + 1
                  return requests[sent %% #requests + 1]
                end
                """.formatted(paths.stream().map(WrkScript::quote).collect(Collectors.joining(", ")));
    }

    /** Sends POST requests with a body. */
    static String post(String body) {
        return "wrk.method = \"POST\"\nwrk.body = " + quote(body) + "\n";
    }

    private static String quote(String text) {
        return "[==[" + text + "]==]";
    }
}
