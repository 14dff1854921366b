package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The realm script, with a Java that only says in which locale it was started. */
@EnabledOnOs(OS.LINUX)
class RealmScriptTest {

    private static final Path SCRIPT = Path.of("../../realm");

    @TempDir
    private Path temp;

    @BeforeEach
    void makeJava() throws Exception {
        Path java = Files.createDirectories(temp.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo "$(locale charmap) \
                $LC_ALL"; fi
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private String startedIn(Map<String, String> locale) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "version").redirectErrorStream(true);
        List.of("LC_ALL", "LC_CTYPE", "LANG").forEach(builder.environment()::remove);
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().put("REALM_BUILD", "never");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().reduce((first, last) -> last).orElse("").strip();
    }

    @ParameterizedTest
    @CsvSource({
        "LC_ALL, C",
        "LC_ALL, POSIX",
        "LC_ALL, xx_YY.UTF-8",
        "LC_CTYPE, C",
        "LANG, C",
        "LANG, ''",
        "LC_ALL, ''",
    })
    void aLocaleWithoutUmlautsBecomesOneWithThem(String variable, String value) throws Exception {
        assertThat(startedIn(Map.of(variable, value))).isEqualTo("UTF-8 C.UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"LC_CTYPE, C.UTF-8", "LANG, C.UTF-8"})
    void aLocaleWithThemStays(String variable, String value) throws Exception {
        assertThat(startedIn(Map.of(variable, value))).isEqualTo("UTF-8");
    }

    @Test
    void windowsStartsTheSameJarsWithTheSameOptions() throws Exception {
        String unix = Files.readString(SCRIPT);
        String windows = Files.readString(SCRIPT.resolveSibling("realm.cmd")).replace('\\', '/');

        assertThat(found("[\\w./]+/target/[\\w.]+\\.jar", windows))
                .isSubsetOf(found(
                        "[\\w./]+/target/[\\w.]+\\.jar",
                        unix.replace("$runner/", "headless/org.realm4knime.headless/target/")))
                .hasSize(6);
        // Java itself finds out how Windows' console is encoded, and --master is not for Windows
        assertThat(found(" -[XD][\\w:.+=-]+| --[\\w-]+=ALL-UNNAMED", windows))
                .contains(" -Dai.djl.offline=true")
                .isEqualTo(found(" -[XD](?!sun|realm4knime)[\\w:.+=-]+| --[\\w-]+=ALL-UNNAMED", unix));
    }

    private static Set<String> found(String pattern, String script) {
        return Pattern.compile(pattern)
                .matcher(script)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
