package io.ratemesh.assets.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FingerprinterTest {
    @Test
    void a_name_contains_the_start_of_the_sha_256_of_the_content() {
        SortedMap<String, PackedFile> packed = pack("hello.txt", "hello");

        // As printed by: printf hello | sha256sum
        assertThat(file(packed, "hello.txt").path()).isEqualTo("hello.2cf24dba5fb0a30e.txt");
        assertThat(file(packed, "hello.txt").immutable()).isTrue();
    }

    @Test
    void a_page_keeps_its_name() {
        SortedMap<String, PackedFile> packed = pack("index.html", "<p>hello</p>");

        assertThat(file(packed, "index.html").path()).isEqualTo("index.html");
        assertThat(file(packed, "index.html").immutable()).isFalse();
    }

    @Test
    void a_page_refers_to_the_new_names_of_its_style_script_and_icon() {
        SortedMap<String, PackedFile> packed =
                pack("index.html", """
                <link rel="icon" href="/favicon.svg"><link rel="stylesheet"
                  href="css/page.css">
                <script type="module" src="./js/app.js"></script>
                <a href="/api/">API</a><form action="/api/v1/convert"></form><a href="#main">skip</a>
                """, "favicon.svg", "<svg/>", "css/page.css", "p{}", "js/app.js", "1;");

        assertThat(text(packed, "index.html")).isEqualTo("""
                        <link rel="icon" href="/%s"><link rel="stylesheet"
                          href="%s">
                        <script type="module" src="./%s"></script>
                        <a href="/api/">API</a><form action="/api/v1/convert"></form><a href="#main">skip</a>
                        """.formatted(
                        file(packed, "favicon.svg").path(),
                        file(packed, "css/page.css").path(),
                        file(packed, "js/app.js").path()));
    }

    @Test
    void every_form_of_import_is_rewritten_and_nothing_else() {
        SortedMap<String, PackedFile> packed = pack("js/app.js", """
                import { a } from "./a.js";
                import {
                  b,
                  c,
                } from './a.js';
                import "./a.js";
                export * from "./a.js";
                const later = () => import("./a.js");
                const text = "not from './a.js'";
                """, "js/a.js", "export const a = 1;");
        String name = fileName(file(packed, "js/a.js").path());

        assertThat(text(packed, "js/app.js")).isEqualTo("""
                        import { a } from "./%1$s";
                        import {
                        b,
                        c,
                        } from './%1$s';
                        import "./%1$s";
                        export * from "./%1$s";
                        const later = () => import("./%1$s");
                        const text = "not from './a.js'";
                        """.formatted(name));
    }

    @Test
    void imports_of_a_minified_module_are_rewritten() {
        SortedMap<String, PackedFile> packed = pack(
                "js/app.js",
                "import{a as t}from\"./a.js\";import{b}from'./b.js';import\"./a.js\";const x=1;export{x};\n",
                "js/a.js",
                "export const a = 1;",
                "js/b.js",
                "export const b = 1;");
        String a = fileName(file(packed, "js/a.js").path());
        String b = fileName(file(packed, "js/b.js").path());

        assertThat(text(packed, "js/app.js"))
                .isEqualTo("import{a as t}from\"./" + a + "\";import{b}from'./" + b + "';import\"./" + a
                        + "\";const x=1;export{x};\n");
    }

    @Test
    void a_url_relative_to_a_module_is_rewritten_and_keeps_its_fragment() {
        SortedMap<String, PackedFile> packed = pack(
                "js/app.js",
                "const flags = new URL(\"../img/flags.svg#eu\", import.meta.url);\n",
                "img/flags.svg",
                "<svg/>");

        assertThat(text(packed, "js/app.js"))
                .isEqualTo("const flags = new URL(\"../"
                        + file(packed, "img/flags.svg").path() + "#eu\", import.meta.url);\n");
    }

    @Test
    void a_web_app_manifest_refers_to_the_new_names_of_its_icons() {
        SortedMap<String, PackedFile> packed = pack(
                "app.webmanifest",
                "{\"start_url\": \"/\", \"icons\": [{\"src\": \"icon.svg\"}]}",
                "icon.svg",
                "<svg/>");

        assertThat(text(packed, "app.webmanifest"))
                .isEqualTo("{\"start_url\": \"/\", \"icons\": [{\"src\": \""
                        + file(packed, "icon.svg").path() + "\"}]}");
    }

    @Test
    void the_service_worker_keeps_its_name() {
        SortedMap<String, PackedFile> packed = pack("sw.js", "self.skipWaiting();", "js/sw.js", "1;");

        assertThat(file(packed, "sw.js").path()).isEqualTo("sw.js");
        assertThat(file(packed, "sw.js").immutable()).isFalse();
        assertThat(file(packed, "js/sw.js").immutable()).isTrue();
    }

    @Test
    void a_style_sheet_refers_to_the_new_names_of_its_images_and_leaves_data_alone() {
        SortedMap<String, PackedFile> packed = pack(
                "css/page.css",
                "a{background:url(\"../img/a.svg\") url(data:image/png;base64,AA==)} b{background:url( ../img/a.svg )}",
                "img/a.svg",
                "<svg/>");
        String name = fileName(file(packed, "img/a.svg").path());

        assertThat(text(packed, "css/page.css"))
                .isEqualTo("a{background:url(\"../img/" + name
                        + "\") url(data:image/png;base64,AA==)} b{background:url( ../img/" + name + " )}");
    }

    @Test
    void a_change_renames_all_files_that_depend_on_it() {
        SortedMap<String, PackedFile> before = chain("export const rate = 1;");
        SortedMap<String, PackedFile> after = chain("export const rate = 2;");

        assertThat(file(after, "rate.js").path())
                .isNotEqualTo(file(before, "rate.js").path());
        assertThat(file(after, "app.js").path())
                .isNotEqualTo(file(before, "app.js").path());
        assertThat(text(after, "index.html")).isNotEqualTo(text(before, "index.html"));
        assertThat(file(after, "other.js").path())
                .isEqualTo(file(before, "other.js").path());
    }

    @Test
    void a_reference_to_a_missing_file_fails_the_build() {
        assertThatThrownBy(() -> pack("app.js", "import './gone.js';"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("app.js refers to gone.js, which does not exist");
    }

    @Test
    void circular_imports_fail_the_build_and_are_named() {
        assertThatThrownBy(() -> pack("a.js", "import './b.js';", "b.js", "import './a.js';"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.js -> b.js -> a.js");
    }

    @Test
    void a_file_of_an_unknown_type_fails_the_build() {
        assertThatThrownBy(() -> pack("notes.docx", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("notes.docx: unknown kind of file");
    }

    private static SortedMap<String, PackedFile> chain(String rate) {
        return pack(
                "index.html",
                "<script src=\"app.js\"></script>",
                "app.js",
                "import './rate.js';",
                "rate.js",
                rate,
                "other.js",
                "1;");
    }

    private static SortedMap<String, PackedFile> pack(String... pathsAndTexts) {
        Map<String, byte[]> sources = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            sources.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(UTF_8));
        }
        return Fingerprinter.pack(sources);
    }

    private static PackedFile file(SortedMap<String, PackedFile> packed, String path) {
        return Objects.requireNonNull(packed.get(path), path);
    }

    private static String text(SortedMap<String, PackedFile> packed, String path) {
        return new String(file(packed, path).content(), UTF_8);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
