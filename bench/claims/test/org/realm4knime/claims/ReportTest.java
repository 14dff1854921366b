package org.realm4knime.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on two domains, of which one has no routes to its test problems, from tables as runs leave them. */
class ReportTest {

    @TempDir
    private Path temp;

    private Plan plan;
    private final Map<Suite, List<Task>> suites = new LinkedHashMap<>();

    @Test
    void everyDomainHasASectionAndMeansSayOverHowMany() throws IOException {
        plan = Plan.read(Path.of("plan.json").toAbsolutePath());
        Options options = Options.parse(new String[] {
            Path.of("../..").toAbsolutePath().normalize().toString(),
            "--quick",
            "--out",
            temp.toString(),
            "--domain",
            temp.toString()
        });
        Suite first = suite(options, "first");
        Suite second = suite(options, "second");
        suites.put(
                first,
                List.of(
                        task(first, "base", "without,e1,false", "with,e1,true"),
                        task(first, "realm", "without,e1,true", "with,e1,true")));
        suites.put(second, List.of(task(second, "base", "without,e1,false"), task(second, "realm", "without,e1,true")));

        Path report = new Report(plan, options, List.of(arm("base"), arm("realm"), arm("rft")), suites).write();

        assertThat(Files.readString(report))
                .contains("| base model | 0.0 | 100.0; 1 of 2 domains |")
                .contains("| ReaLM | 100.0 |")
                .contains("## Domain first", "## Domain second", "- No domain.json: ")
                .contains("Not measured here, as the domain lacks what they need or they failed: RFT.")
                .contains("The base model is right in 0.0 % of the test problems here without routes.")
                .contains("### ReaLM minus the others on second")
                .contains("| base model | +100.0 |  |  |  |")
                .contains("| ReaLM | 0 | 0 | 0 | 0.1 |")
                .doesNotContain("NaN");
        assertThat(report.resolveSibling("plots/test.svg")).isNotEmptyFile();
    }

    private Suite suite(Options options, String name) throws IOException {
        Path folder = DomainFiles.smallest(temp.resolve(name));
        return new Suite(plan, options, DomainFolder.open(folder, temp.resolve("data"), false));
    }

    private Plan.Arm arm(String name) {
        return plan.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A run that has ended, with answers: routes, problem and whether it is right. */
    private Task task(Suite suite, String arm, String... answers) throws IOException {
        Task task = Task.of(arm(arm), 1, suite.runs());
        Plan.ProblemSet set = plan.sets().get(0);
        Files.createDirectories(task.table(set.problems()).getParent());
        Files.writeString(
                task.table(set.problems()), "id,domain\ne1," + suite.domain().name() + "\n");
        StringBuilder rows = new StringBuilder("model,routes,problem id,correct\n");
        for (String answer : answers) {
            rows.append(arm).append(',').append(answer).append('\n');
        }
        Files.writeString(task.table(set.predictions()), rows);
        task.note(new Task.Done("fingerprint", 6));
        return task;
    }
}
