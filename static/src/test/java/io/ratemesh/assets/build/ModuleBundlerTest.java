package io.ratemesh.assets.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModuleBundlerTest {
    private static final String PAGE = "<script type=\"module\" src=\"js/app.js\"></script>";

    @Test
    void the_modules_of_a_page_become_one_script_in_the_order_of_their_imports() {
        Map<String, String> bundled = bundled(
                "index.html", PAGE, "js/app.js", """
                import { rate as shown, Book } from "./state/rates.js";
                import { one } from "./one.js";
                shown(one);
                """, "js/one.js", "export const one = 1;\n", "js/state/rates.js", """
                import { one } from "../one.js";
                export function rate() {}
                export async function load() {}
                export class Book {}
                """);

        assertThat(bundled).containsOnlyKeys("index.html", "js/app.js");
        assertThat(bundled.get("js/app.js")).isEqualTo("""
                const $1=(()=>{
                const one = 1;
                return{one};})();
                const $2=(()=>{
                const{ one }=$1;
                function rate() {}
                async function load() {}
                class Book {}
                return{rate,load,Book};})();
                const{ rate:shown, Book }=$2;
                const{ one }=$1;
                shown(one);
                """);
    }

    @Test
    void minified_modules_keep_the_names_of_their_exports() {
        assertThat(bundled(
                                "index.html",
                                PAGE,
                                "js/app.js",
                                "import plot from\"./plot.js\";import{html as h}from\"./lit.js\";h(plot);",
                                "js/lit.js",
                                "import{a}from\"./core.js\";const t=a;export{b as core}from\"./core.js\";export{t as html,t};//# sourceMappingURL=lit.js.map",
                                "js/core.js",
                                "const x=document.importNode(y,!0);export{x as a,x as b};",
                                "js/plot.js",
                                "var p=1;export default p;")
                        .get("js/app.js"))
                .isEqualTo("""
                        const $1=(()=>{
                        var p=1;
                        return{default:p};})();
                        const $2=(()=>{
                        const x=document.importNode(y,!0);
                        return{a:x,b:x};})();
                        const $3=(()=>{
                        const{a}=$2;const t=a;const $2_b=$2.b;//# sourceMappingURL=lit.js.map
                        return{core:$2_b,html:t,t};})();
                        const{default:plot}=$1;const{html:h}=$3;h(plot);""");
    }

    @Test
    void a_module_that_is_imported_later_is_a_script_of_its_own() {
        Map<String, String> bundled = bundled(
                "index.html", PAGE,
                "js/app.js", "import { load } from \"./parts/load.js\";\nload();\n",
                "js/parts/load.js", "export const load = () => import(\"./chart.js\");\n",
                "js/parts/chart.js",
                        "import { line } from \"./line.js\";\nexport const icon = new URL(\"../../img/icon.svg\", import.meta.url);\n",
                "js/parts/line.js", "export const line = 1;\n",
                "img/icon.svg", "<svg/>");

        assertThat(bundled).containsOnlyKeys("index.html", "js/app.js", "js/parts/chart.js", "img/icon.svg");
        assertThat(bundled.get("js/app.js")).contains("import(\"./../js/parts/chart.js\")");
        assertThat(bundled.get("js/parts/chart.js"))
                .contains("const line = 1;", "new URL(\"./../../img/icon.svg\", import.meta.url)")
                .endsWith("export{icon};");
    }

    @Test
    void a_module_whose_state_would_exist_twice_is_rejected() {
        assertThatThrownBy(() -> bundled(
                        "index.html", PAGE,
                        "js/app.js", "import { book } from \"./book.js\";\nimport(\"./chart.js\");\n",
                        "js/chart.js", "import { book } from \"./book.js\";\n",
                        "js/book.js", "export const book = [];\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("js/chart.js")
                .hasMessageContaining("js/book.js");
    }

    @Test
    void unknown_forms_missing_files_and_circles_are_rejected() {
        assertRejected("import \"./one.js\";", "js/app.js: cannot join a module with: import \"./one.js\";");
        assertRejected("export let one = 1;", "js/app.js: cannot join a module with: export let one = 1;");
        assertRejected("import { two } from \"./two.js\";", "js/app.js refers to js/two.js, which does not exist");
        assertRejected("import { one } from \"./app.js\";", "js/app.js imports itself by way of its imports");
    }

    @Test
    void a_page_that_lists_its_modules_keeps_them_also_those_that_it_shares() {
        Map<String, String> bundled = bundled(
                "index.html", PAGE,
                "operations.html",
                        "<link rel=\"modulepreload\" href=\"js/one.js\"><script type=\"module\" src=\"js/operations.js\"></script>",
                "js/app.js", "import { one } from \"./one.js\";\n",
                "js/operations.js", "import { one } from \"./one.js\";\n",
                "js/one.js", "export const one = 1;\n");

        assertThat(bundled)
                .containsKey("js/one.js")
                .containsEntry("js/operations.js", "import { one } from \"./one.js\";\n");
    }

    private static void assertRejected(String module, String message) {
        assertThatThrownBy(
                        () -> bundled("index.html", PAGE, "js/app.js", module, "js/one.js", "export const one = 1;\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, String> bundled(String... pathsAndTexts) {
        Map<String, byte[]> sources = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            sources.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(UTF_8));
        }
        Map<String, String> bundled = new TreeMap<>();
        ModuleBundler.bundled(sources).forEach((path, content) -> bundled.put(path, new String(content, UTF_8)));
        return bundled;
    }
}
