package org.realm4knime.nodes.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.nodes.benchmark.BenchmarkEvaluatorNodeFactory;
import org.realm4knime.nodes.distiller.GuidedDistillerNodeFactory;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeFactory;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.realmtrainer.RealmTrainerNodeFactory;
import org.realm4knime.nodes.reasoner.ReasonerNodeFactory;
import org.realm4knime.nodes.rollout.MultiRouteRolloutNodeFactory;
import org.realm4knime.nodes.supervised.SupervisedTrainerNodeFactory;
import org.realm4knime.nodes.testing.ChatServer;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class LanguageModelConnectorTest extends WorkflowTest {

    private static final String KEY = "sk-planted-0123456789abcdef";
    private static final String ANSWERS = "realm4knime.answers";

    @TempDir
    private Path answers;

    private ChatServer server = new ChatServer(LanguageModelConnectorTest::solve);

    @BeforeEach
    void keepAnswersHere() {
        System.setProperty(ANSWERS, answers.toString());
    }

    @AfterEach
    void closeServer() {
        System.clearProperty(ANSWERS);
        server.close();
    }

    /** Knows the sums of the tests' table. */
    private static String solve(String request) {
        return request.contains("4 + 4") ? "4 + 4 = 8. The answer is 8." : "2 + 3 = 5. The answer is 5.";
    }

    private void serve(ChatServer other) {
        server.close();
        server = other;
    }

    private NodeRunner.Instance connector() {
        return workflow.node(new LanguageModelConnectorNodeFactory())
                .set("baseUrl", server.url())
                .set("model", ChatServer.MODEL)
                .set("retries", 0)
                .set("parallel", 2);
    }

    private NodeRunner.Instance withCredentials() {
        workflow.credentials(Map.of("my key", KEY));
        return connector().set("key", "CREDENTIALS").set("credentials", "my key");
    }

    private NodeRunner.Instance node(DefaultNodeFactory factory) {
        return workflow.node(factory);
    }

    @Test
    void routesOfAnOutsideModelAreLikeThoseOfAnother() throws Exception {
        LanguageModelPortObject model = withCredentials().result();
        BufferedDataTable routes = node(new MultiRouteRolloutNodeFactory())
                .set("routesPerModel", 2)
                .result(sums(), model);
        assertThat(Tables.column(routes, "source")).containsOnly("teacher");
        assertThat(Tables.column(routes, "answer")).containsExactly("5", "5", "8", "8");
        assertThat(Tables.column(routes, "tokens")).containsOnly("7");
        assertThat(Tables.column(routes, "error")).containsOnlyNulls();
        assertThat(server.requests()).hasSize(4);
        assertThat(server.authorizations()).containsOnly("Bearer " + KEY);
    }

    @Test
    void whatWasAnsweredIsNotAskedAgain() throws Exception {
        LanguageModelPortObject model = connector().result();
        node(new MultiRouteRolloutNodeFactory()).result(sums(), model);
        int asked = server.requests().size();
        node(new MultiRouteRolloutNodeFactory()).result(sums(), model);
        assertThat(server.requests()).hasSize(asked);
        LanguageModelPortObject forgetful = connector().set("reuse", false).result();
        node(new MultiRouteRolloutNodeFactory()).result(sums(), forgetful);
        assertThat(server.requests()).hasSize(2 * asked);
    }

    @Test
    void aQuestionWithoutAnswerIsARowWithItsError() throws Exception {
        serve(new ChatServer(request -> request.contains("4 + 4") ? "400" : solve(request)));
        LanguageModelPortObject model = withCredentials().result();
        NodeRunner.Instance rollout = node(new MultiRouteRolloutNodeFactory()).set("routesPerModel", 1);
        BufferedDataTable routes = rollout.result(sums(), model);
        assertThat(Tables.column(routes, "answer")).containsExactly("5", null);
        assertThat(Tables.column(routes, "error").get(1)).contains("refused").doesNotContain(KEY);
        assertThat(rollout.message()).contains("1 of 2 questions");

        NodeRunner.Instance reasoner = node(new ReasonerNodeFactory());
        BufferedDataTable answered = reasoner.result(model, sums());
        assertThat(Tables.column(answered, "model answer")).containsExactly("5", null);
        assertThat(Tables.column(answered, "error")).first().isNull();
        assertThat(Tables.column(answered, "error").get(1)).contains("refused");
        assertThat(reasoner.message()).contains("1 of 2 questions");

        NodeRunner.Instance evaluator = node(new BenchmarkEvaluatorNodeFactory());
        BufferedDataTable scores = evaluator.result(model, sums());
        assertThat(Tables.column(scores, "correct")).containsExactly("1", "0");
        assertThat(Tables.column(evaluator.output(1), "error").get(1)).contains("refused");
    }

    @Test
    void aWrongKeyStopsWithAMessageThatDoesNotShowIt() throws Exception {
        serve(new ChatServer(request -> "401"));
        LanguageModelPortObject model = withCredentials().result();
        NodeRunner.Instance reasoner = node(new ReasonerNodeFactory());
        assertThat(reasoner.run(model, sums())).isFalse();
        assertThat(reasoner.message()).contains("does not accept the key").doesNotContain(KEY);
    }

    @Test
    void theKeyIsInNoFile() throws Exception {
        LanguageModelPortObject model = withCredentials().result();
        node(new MultiRouteRolloutNodeFactory()).result(sums(), model);
        assertThat(model.getSummary() + model.getSpec().description())
                .contains("my key")
                .doesNotContain(KEY);
        try (Stream<Path> files = Files.walk(answers).filter(Files::isRegularFile)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> assertThat(
                            Files.readString(file, StandardCharsets.UTF_8))
                    .doesNotContain(KEY));
        }
    }

    @Test
    void credentialsThatAreNotThereAreSaidToBeMissing() throws Exception {
        NodeRunner.Instance connector = connector().set("key", "CREDENTIALS").set("credentials", "my key");
        assertThat(connector.configure()).isFalse();
        assertThat(connector.message())
                .contains("no credentials called 'my key'")
                .contains("--credentials");
        NodeRunner.Instance unnamed = connector().set("key", "CREDENTIALS");
        assertThat(unnamed.configure()).isFalse();
        assertThat(unnamed.message()).contains("'Credentials' is empty");
        NodeRunner.Instance variable =
                connector().set("key", "ENVIRONMENT").set("environmentVariable", "NO_SUCH_VARIABLE_OF_REALM");
        assertThat(variable.configure()).isFalse();
        assertThat(variable.message()).contains("no environment variable 'NO_SUCH_VARIABLE_OF_REALM'");
    }

    @Test
    void settingsThatLackSomethingSayWhat() throws Exception {
        NodeRunner.Instance connector = connector().set("model", " ");
        assertThat(connector.configure()).isFalse();
        assertThat(connector.message()).contains("setting 'Model'");
        NodeRunner.Instance address = connector().set("furtherBaseUrls", "https://me:secret@host/v1");
        assertThat(address.configure()).isFalse();
        assertThat(address.message()).contains("password").doesNotContain("secret");
    }

    @Test
    void trainersAndTheWriterRefuseIt() throws Exception {
        LanguageModelPortObject model = connector().result();
        LanguageModelPortObject student = Models.untrained(workflow, "student", 1);
        NodeRunner.Instance supervised = node(new SupervisedTrainerNodeFactory());
        assertRefused(supervised, supervised.configure(model.getSpec(), sums().getSpec()));
        NodeRunner.Instance trainer = node(new RealmTrainerNodeFactory());
        assertRefused(trainer, trainer.configure(model.getSpec(), sums().getSpec()));
        NodeRunner.Instance writer = node(new LanguageModelWriterNodeFactory());
        assertRefused(writer, writer.configure(model.getSpec()));
        NodeRunner.Instance distiller = node(new GuidedDistillerNodeFactory());
        assertRefused(
                distiller,
                distiller.configure(model.getSpec(), student.getSpec(), sums().getSpec(), rules().getSpec()));
    }

    private static void assertRefused(NodeRunner.Instance node, boolean configured) {
        assertThat(configured).isFalse();
        assertThat(node.message()).contains("is an endpoint").contains("Language Model Reader");
    }

    @Test
    void itTeachesAStudent() throws Exception {
        LanguageModelPortObject teacher = connector().result();
        LanguageModelPortObject student = Models.untrained(workflow, "student", 1);
        NodeRunner.Instance distiller = node(new GuidedDistillerNodeFactory())
                .set("steps", 2)
                .set("batchSize", 2)
                .set("rationalesPerProblem", 1)
                .set("requireRuleCitation", false);
        LanguageModelPortObject distilled = distiller.result(student, teacher, sums(), rules());
        assertThat(distilled.digest()).isNotEqualTo(student.digest());
        assertThat(Tables.column(distiller.output(1), "answer")).containsExactly("5", "8");

        NodeRunner.Instance byDistribution =
                node(new GuidedDistillerNodeFactory()).set("distributionShare", 0.5);
        int asked = server.requests().size();
        assertThat(byDistribution.run(student, teacher, sums(), rules())).isFalse();
        assertThat(byDistribution.message()).contains("The teacher is an endpoint");
        assertThat(server.requests()).as("nothing is asked in vain").hasSize(asked);
    }
}
