package org.realm4knime.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.headless.node.CompleteSettings;
import org.realm4knime.headless.node.LiveWorkflow;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.node.WorkflowAuthor;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.headless.workflow.WorkflowWriter;

/**
 * Whatever files a domain lacks, the workflows of the arms that are left have all their nodes connected at ports that
 * there are.
 */
class SuiteTest {

    private static final NodeRegistry REGISTRY = NodeRegistry.fromClassPath();
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    private Path temp;

    private Suite suite(Path folder, String... more) throws IOException {
        Plan plan = Plan.read(ROOT.resolve("bench/claims/plan.json"));
        List<String> asked =
                new ArrayList<>(List.of(ROOT.toString(), "--out", temp.toString(), "--domain", folder.toString()));
        asked.addAll(List.of(more));
        Options options = Options.parse(asked.toArray(String[]::new));
        return new Suite(plan, options, DomainFolder.open(folder, temp.resolve("data"), options.validation()));
    }

    private List<String> names(Suite suite) {
        return suite.arms(suite.plan().arms()).stream().map(Plan.Arm::name).toList();
    }

    private List<String> labels(Suite suite, String name) throws IOException, WorkflowException {
        Plan.Arm arm = suite.arms(suite.plan().arms()).stream()
                .filter(each -> each.name().equals(name))
                .findAny()
                .orElseThrow();
        return WorkflowSpec.read(suite.spec(arm)).nodes().stream()
                .map(WorkflowSpec.NodeSpec::label)
                .toList();
    }

    private void checkWorkflows(Suite suite) throws IOException {
        for (Plan.Arm arm : suite.arms(suite.plan().arms())) {
            Path spec = suite.spec(arm);
            assertThatCode(() -> {
                        Path workflow = temp.resolve("workflows").resolve(arm.name());
                        WorkflowWriter.replace(
                                new WorkflowAuthor(REGISTRY).write(arm.name(), WorkflowSpec.read(spec)), workflow);
                        LiveWorkflow.create(CompleteSettings.read(workflow, REGISTRY, List.of()), REGISTRY);
                    })
                    .as(arm.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void threeFilesAreEnough() throws IOException {
        Suite suite = suite(DomainFiles.smallest(temp.resolve("three")));
        assertThat(names(suite))
                .contains("realm", "realm-without-distillation", "zero", "r1", "rft", "grpo-routes", "sdft", "sdpo")
                .doesNotContain("rft-rules", "base-rules", "sft-rules", "aggregator");
        checkWorkflows(suite);
    }

    @Test
    void withoutRulesRightRoutesAreDistilledAllTheSame() throws IOException, WorkflowException {
        Suite suite = suite(DomainFiles.smallest(temp.resolve("no-rules")));
        assertThat(suite.settings()).contains("Written rules/path=knime://knime.workflow/data/rules.jsonl");
        assertThat(labels(suite, "realm"))
                .contains("Distil once more", "Written rules")
                .doesNotContain("Distil the rules");
    }

    @Test
    void validationProblemsWatchTheTrainingUnlessTheyAreMeasuredOn() throws IOException, WorkflowException {
        Path parcels = ROOT.resolve("bench/domains/parcels");
        Path smallest = DomainFiles.smallest(temp.resolve("no-validation"));
        for (String arm : List.of("realm", "zero", "r1", "realm-without-eaai", "grpo", "grpo-routes", "sdft", "sdpo")) {
            assertThat(labels(suite(parcels), arm)).as(arm).contains("Held-out problems");
            assertThat(labels(suite(smallest), arm)).as(arm).doesNotContain("Held-out problems");
            assertThat(labels(suite(parcels, "--validation"), arm)).as(arm).doesNotContain("Held-out problems");
        }
    }

    @Test
    void rulesAndHarderProblemsWithoutRoutesToTestProblems() throws IOException {
        Path folder = DomainFiles.smallest(temp.resolve("five"));
        DomainFiles.write(folder, "rules.jsonl", "{\"id\": \"R1\", \"text\": \"Add one.\"}\n");
        Files.copy(folder.resolve("test.jsonl"), folder.resolve("harder.jsonl"));
        Suite suite = suite(folder);
        assertThat(names(suite)).contains("base-rules", "sft-rules", "realm-without-distillation");
        checkWorkflows(suite);
    }

    @Test
    void allFiles() throws IOException {
        Suite suite = suite(ROOT.resolve("bench/domains/parcels"));
        assertThat(names(suite))
                .contains("aggregator", "instructors")
                .hasSameSizeAs(suite.plan().arms());
        checkWorkflows(suite);
    }

    @Test
    void theBuiltInDomainsDoWithoutWhatIsMadeForFolders() throws IOException {
        Plan plan = Plan.read(ROOT.resolve("bench/claims/plan.json"));
        Suite suite = new Suite(plan, Options.parse(new String[] {ROOT.toString()}), null);
        assertThat(names(suite)).contains("realm", "sdft").doesNotContain("aggregator");
    }
}
