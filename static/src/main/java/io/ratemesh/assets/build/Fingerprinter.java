package io.ratemesh.assets.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.assets.Fingerprint;
import io.ratemesh.assets.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renames each file to a name with the hash of its content, and rewrites the references to it. Pages keep their names, and so
 * does the service worker, because browsers look for updates of it under the old name. A file is hashed after its own references have been rewritten, so that a change renames all files that depend on it:
 *
 * <pre>
 * index.html ──▶ app.js ──▶ rate.js        rate.js changes
 * index.html ──▶ app.91c0….js ──▶ rate.5be2….js   both names change, and the page, which is always revalidated
 * </pre>
 */
final class Fingerprinter {
    private static final String SERVICE_WORKER = "sw.js";

    private final Map<String, byte[]> sources;
    private final Map<String, PackedFile> packed = new HashMap<>();
    private final Set<String> inProgress = new LinkedHashSet<>();

    private Fingerprinter(Map<String, byte[]> sources) {
        this.sources = sources;
    }

    /**
     * Packs all files.
     *
     * @param sources content by path from the web root, without a leading slash
     * @return the packed files by the path of the source
     * @throws IllegalArgumentException if a reference is to a missing file, or references are circular
     */
    static SortedMap<String, PackedFile> pack(Map<String, byte[]> sources) {
        Fingerprinter fingerprinter = new Fingerprinter(sources);
        SortedMap<String, PackedFile> all = new TreeMap<>();
        for (String path : sources.keySet()) {
            all.put(path, fingerprinter.packed(path, path));
        }
        return all;
    }

    private PackedFile packed(String path, String referrer) {
        PackedFile done = packed.get(path);
        if (done != null) {
            return done;
        }
        byte[] source = sources.get(path);
        if (source == null) {
            throw new IllegalArgumentException(referrer + " refers to " + path + ", which does not exist");
        }
        if (!inProgress.add(path)) {
            List<String> circle = new ArrayList<>(inProgress);
            circle.add(path);
            throw new IllegalArgumentException(
                    "circular references cannot be fingerprinted: " + String.join(" -> ", circle));
        }
        byte[] content = rewritten(path, source);
        inProgress.remove(path);
        boolean keepsName = MediaType.of(path) == MediaType.HTML || path.equals(SERVICE_WORKER);
        PackedFile file = new PackedFile(keepsName ? path : Fingerprint.added(path, content), content, !keepsName);
        packed.put(path, file);
        return file;
    }

    private byte[] rewritten(String path, byte[] source) {
        boolean script = MediaType.of(path) == MediaType.SCRIPT;
        String text = script ? ScriptComments.removed(new String(source, UTF_8)) : new String(source, UTF_8);
        List<Reference> references = References.in(path, text);
        if (references.isEmpty()) {
            return script ? text.getBytes(UTF_8) : source;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (Reference reference : references) {
            String written = text.substring(reference.start(), reference.end());
            PackedFile target = packed(reference.target(), path);
            out.append(text, copied, reference.start()).append(renamed(written, reference.target(), target.path()));
            copied = reference.end();
        }
        return out.append(text, copied, text.length()).toString().getBytes(UTF_8);
    }

    private static String renamed(String written, String from, String to) {
        int name = written.lastIndexOf(fileName(from));
        return written.substring(0, name)
                + fileName(to)
                + written.substring(name + fileName(from).length());
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
