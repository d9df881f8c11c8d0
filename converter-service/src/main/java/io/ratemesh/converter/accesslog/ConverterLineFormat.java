package io.ratemesh.converter.accesslog;

import io.ratemesh.node.accesslog.LineBuffer;
import io.ratemesh.node.accesslog.LineFormat;
import org.jspecify.annotations.Nullable;

/** One JSON object per line. Long values that clients send are truncated. */
public final class ConverterLineFormat implements LineFormat<ConverterAccessEntry> {

    private static final int MAX_METHOD = 32;
    private static final int MAX_FIELD = 128;
    private static final int MAX_PATH = 512;

    private final String node;

    public ConverterLineFormat(String node) {
        this.node = node;
    }

    @Override
    public void write(ConverterAccessEntry entry, LineBuffer to) {
        to.append('{')
                .jsonField("time", entry.time().toString())
                .jsonField("node", truncated(node, MAX_FIELD))
                .jsonField("method", truncated(entry.method(), MAX_METHOD))
                .jsonField("path", truncated(entry.path(), MAX_PATH))
                .jsonField("status", entry.status())
                .jsonField("bytes", entry.bytes())
                .jsonField("micros", entry.micros())
                .jsonField("client", truncated(entry.client(), MAX_FIELD))
                .jsonField("forwardedFor", truncated(entry.forwardedFor(), MAX_FIELD))
                .jsonField("requestId", truncated(entry.requestId(), MAX_FIELD))
                .text("}\n");
    }

    private static @Nullable String truncated(@Nullable String value, int maxLength) {
        return value != null && value.length() > maxLength ? value.substring(0, maxLength) + "…" : value;
    }
}
