package io.ratemesh.converter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;

/** Checks that a body is JSON in UTF-8 (RFC 8259 §8.1). */
public final class JsonContent {

    private static final String TYPE = "application/json";

    private JsonContent() {}

    /**
     * Checks the header fields that describe the body.
     *
     * @throws ProblemException with {@code unsupported-media-type}
     */
    public static void check(MultiMap headers) {
        List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        if (types.isEmpty()) {
            throw unsupported("Content-Type: missing");
        }
        if (types.size() > 1 || !isJson(types.get(0))) {
            throw unsupported("Content-Type: " + Problem.shown(String.join(", ", types)) + " is not supported");
        }
        for (String encoding : headers.getAll(HttpHeaders.CONTENT_ENCODING)) {
            if (!"identity".equalsIgnoreCase(encoding.strip())) {
                throw unsupported("Content-Encoding: " + Problem.shown(encoding) + " is not supported");
            }
        }
    }

    /**
     * Decodes a body.
     *
     * @throws ProblemException with {@code bad-request} when it is not UTF-8
     */
    public static String text(Buffer body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body is not UTF-8").exception();
        }
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals(TYPE);
        for (int i = 1; json && i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json = parameter.isEmpty() || !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json;
    }

    private static ProblemException unsupported(String what) {
        return new Problem(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        what + "; send " + TYPE + " in UTF-8, without an encoding",
                        List.of(new ApiResponse.Field(HttpHeaders.ACCEPT, TYPE)))
                .exception();
    }
}
