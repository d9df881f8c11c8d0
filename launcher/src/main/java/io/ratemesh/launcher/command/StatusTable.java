package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.NodeView;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of nodes, from their announcements and from the processes of this machine. */
final class StatusTable {

    private static final List<String> HEAD =
            List.of("ID", "ROLE", "STATE", "ADDRESS", "BOOK", "AGE", "IN-FLIGHT", "CPU", "RSS", "PID", "BUILD");
    private static final String NONE = "-";

    private final Instant now;

    StatusTable(Instant now) {
        this.now = now;
    }

    List<String> lines(NodeRegistry local, List<NodeView> announced) {
        Map<String, NodeView> views = new LinkedHashMap<>();
        announced.forEach(view -> views.put(view.id(), view));
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (NodeRecord node : local.all()) {
            NodeView view = views.remove(node.id());
            if (!local.isAlive(node)) {
                rows.add(processRow(node, node.stopping() ? "LEFT" : "DEAD", node.pid() + " has ended"));
            } else if (view == null) {
                rows.add(processRow(node, node.stopping() ? "DRAINING" : "UNKNOWN", Long.toString(node.pid())));
            } else {
                rows.add(row(view, Long.toString(node.pid())));
            }
        }
        views.values().stream()
                .sorted(Comparator.comparing(NodeView::role).thenComparing(NodeView::id))
                .forEach(view -> rows.add(row(view, NONE)));
        return aligned(rows);
    }

    private static List<String> processRow(NodeRecord node, String state, String pid) {
        return List.of(node.id(), node.role().word(), state, NONE, NONE, NONE, NONE, NONE, NONE, pid, NONE);
    }

    private List<String> row(NodeView view, String pid) {
        return List.of(
                view.id(),
                view.role(),
                view.state(),
                view.address(),
                view.bookVersion() == 0 ? NONE : Long.toString(view.bookVersion()),
                view.bookVersion() == 0 ? NONE : age(now.toEpochMilli() - view.bookVersion()),
                Integer.toString(view.inFlight()),
                String.format(Locale.ROOT, "%.0f%%", view.cpu() * 100),
                view.rssBytes() == 0 ? NONE : view.rssBytes() / 1_000_000 + " MB",
                pid,
                view.build());
    }

    /** A remark if nodes of different builds are running, as during an upgrade. */
    static Optional<String> mixedBuilds(List<NodeView> announced) {
        Map<String, Long> nodes = new TreeMap<>(
                announced.stream().collect(Collectors.groupingBy(NodeView::build, Collectors.counting())));
        return nodes.size() < 2
                ? Optional.empty()
                : Optional.of(nodes.entrySet().stream()
                        .map(build -> build.getKey() + " on " + build.getValue())
                        .collect(Collectors.joining(
                                ", ", "nodes run different builds: ", "; ./ratemesh restart replaces older ones")));
    }

    private static String age(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(String.format("%-" + widths[i] + "s  ", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
