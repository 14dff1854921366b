package org.realm4knime.headless.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.endpoint.ApiKey;
import org.realm4knime.engine.endpoint.PolicySampler;
import org.realm4knime.engine.endpoint.SamplerSettings;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.grpo.GrpoSettings;
import org.realm4knime.engine.grpo.RealmTrainer;
import org.realm4knime.engine.grpo.RolloutSettings;
import org.realm4knime.engine.grpo.Samplers;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.LoggedCompletion;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.OptimizerSettings;

/** A training whose completions come from servers, beside the same one in one process. */
class ServedTrainingTest {

    private static final Path DATA = Path.of("../../examples/quickstart/data");
    private static final int STEPS = 3;
    private static final GrpoSettings SETTINGS = GrpoSettings.DEFAULT
            .withRun(RunSettings.of(STEPS, 5))
            .withRollout(RolloutSettings.DEFAULT.withGroups(4, 4).withMaxNewTokens(48))
            .withOptimizer(OptimizerSettings.of(2e-3))
            .withLora(LoraSettings.of(4, 8))
            .withWatch(WatchSettings.OFF);

    @TempDir
    private Path folder;

    private static LanguageModel base() {
        return LanguageModel.read(DATA.resolve("models/base"));
    }

    private static TrainingResult train(Samplers samplers, GrpoSettings settings, IntConsumer atStep) throws Exception {
        List<GuidedProblem> problems =
                DatasetReader.read(DATA.resolve("train.jsonl"), DatasetFormat.of(DatasetFormat.Layout.JSONL))
                        .rows()
                        .stream()
                        .limit(40)
                        .map(GuidedProblem::of)
                        .toList();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                if (message.matches("Step [0-9]+ of .*loss.*")) {
                    atStep.accept(Integer.parseInt(message.split(" ")[1]));
                }
            }

            @Override
            public void checkCanceled() {
                // nobody cancels
            }
        };
        try (LanguageModel policy = base()) {
            return RealmTrainer.train(
                    policy,
                    problems,
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    AnswerChecker.of(AnswerType.NUMBER, 0),
                    List.of(),
                    settings,
                    samplers,
                    progress);
        }
    }

    private Samplers samplers(ServedModel... servers) {
        return samplers(false, servers);
    }

    private Samplers samplers(boolean ahead, ServedModel... servers) {
        List<String> urls = Stream.of(servers).map(ServedModel::url).toList();
        return new Samplers(new SamplerSettings(urls, folder, "", 2, 60, ahead), ApiKey.none());
    }

    private ServedModel server() throws IOException {
        return new ServedModel(base(), ServedModel.settings(null, folder, folder, ServeLimits.DEFAULT));
    }

    private static void assertSame(TrainingResult served, TrainingResult local) {
        assertThat(served.completions())
                .extracting(LoggedCompletion::completion)
                .containsExactlyElementsOf(local.completions().stream()
                        .map(LoggedCompletion::completion)
                        .toList());
        for (int i = 0; i < STEPS; i++) {
            LogRow one = served.log().get(i);
            LogRow other = local.log().get(i);
            assertThat(one.rollouts().reward()).isEqualTo(other.rollouts().reward());
            assertThat(one.gradientNorm()).isCloseTo(other.gradientNorm(), within(1e-3 * other.gradientNorm()));
            assertThat(one.policy().samplerRatio()).isCloseTo(1, within(1e-4));
            assertThat(one.policy().samplerLargest()).isLessThan(1e-3);
            assertThat(other.policy().samplerRatio()).isNaN();
        }
    }

    @Test
    void twoServersGiveTheSameTraining() throws Exception {
        TrainingResult local = train(Samplers.NONE, SETTINGS, step -> {});

        try (ServedModel one = server();
                ServedModel two = server()) {
            TrainingResult served = train(samplers(one, two), SETTINGS, step -> {});

            assertSame(served, local);
            assertThat(served.warnings()).containsExactlyElementsOf(local.warnings());
            assertThat(one.get(one.url() + "/models").body()).doesNotContain("step");
        }
        assertThat(local.log().stream().map(LogRow::gradientNorm)).anyMatch(norm -> norm > 0);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void allWeightsAreHandedOver() throws Exception {
        GrpoSettings whole = SETTINGS.withLora(null);
        TrainingResult local = train(Samplers.NONE, whole, step -> {});

        try (ServedModel one = server();
                ServedModel two = server()) {
            assertSame(train(samplers(one, two), whole, step -> {}), local);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /**
     * With a learning rate of next to nothing all steps are written by the first weights. A training that writes ahead
     * has the same completions up to the second step, whose prompts were completed before the first update. How likely
     * they are here is what the updated weights say.
     */
    @Test
    void writtenAheadMeansByWeightsOneStepOlder() throws Exception {
        GrpoSettings moving = SETTINGS.withOptimizer(OptimizerSettings.of(5e-2));
        TrainingResult still = train(Samplers.NONE, SETTINGS.withOptimizer(OptimizerSettings.of(1e-12)), step -> {});

        try (ServedModel one = server();
                ServedModel two = server()) {
            TrainingResult ahead = train(samplers(true, one, two), moving, step -> {});

            assertThat(completions(ahead, 1)).isEqualTo(completions(still, 1));
            assertThat(completions(ahead, 2)).isEqualTo(completions(still, 2));
            assertThat(ahead.log().get(0).policy().samplerLargest()).isLessThan(1e-3);
            assertThat(ahead.log().get(1).policy().samplerLargest()).isGreaterThan(1e-3);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** What was handed over for a step stays, until the training goes back to other weights. */
    @Test
    void weightsThatTheTrainingWentBackToAreHandedOverAgain() throws Exception {
        try (ServedModel server = server();
                LanguageModel policy = base()) {
            policy.startAdapter(LoraSettings.of(2, 4), 1);
            List<int[]> prompts = List.of(policy.tokenizer().encode("4 days ok"));
            try (PolicySampler sampler =
                    new PolicySampler(samplers(server).settings(), ApiKey.none(), policy, note -> {})) {
                sampler.publish(2, Progress.silent());
                List<String> before = texts(sampler, prompts);
                Torch.run(() -> {
                    policy.adapter().orElseThrow().tensors().forEach(tensor -> tensor.addi(0.3));
                    return null;
                });
                sampler.publish(2, Progress.silent());
                assertThat(texts(sampler, prompts)).isEqualTo(before);

                sampler.outdated();
                sampler.publish(2, Progress.silent());

                assertThat(texts(sampler, prompts)).isNotEqualTo(before);
                try (Stream<Path> folders = Files.list(folder)) {
                    assertThat(folders).hasSize(1);
                }
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** How requests meet in a batch decides the last digits of log-probabilities. */
    private static List<String> texts(PolicySampler sampler, List<int[]> prompts) throws CanceledJobException {
        return sampler.write(prompts, 4, SamplingSettings.sample(16, 1, 3), Progress.silent()).stream()
                .flatMap(List::stream)
                .map(Completion::text)
                .toList();
    }

    @Test
    void whatWasNotWrittenWholeIsDeletedToo() throws Exception {
        Progress canceled = new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody looks
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                throw new CanceledJobException();
            }
        };
        try (ServedModel server = server();
                LanguageModel policy = base();
                PolicySampler sampler =
                        new PolicySampler(samplers(server).settings(), ApiKey.none(), policy, note -> {})) {
            assertThatThrownBy(() -> sampler.publish(1, canceled)).isInstanceOf(CanceledJobException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static List<String> completions(TrainingResult result, int step) {
        return result.completions().stream()
                .filter(logged -> logged.step() == step)
                .map(LoggedCompletion::completion)
                .toList();
    }

    @Test
    void theDeathOfTheLastPausesATrainingThatWritesAhead() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        GrpoSettings kept = SETTINGS.withRun(SETTINGS.run().withCheckpoints(checkpoints, 0));
        try (ServedModel one = server()) {
            assertThatThrownBy(() -> train(samplers(true, one), kept, step -> {
                        if (step == 1) {
                            one.server.close();
                        }
                    }))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Training paused before step")
                    .hasMessageContaining("No server is left");
        }
        assertThat(checkpoints).isDirectoryContaining("glob:**step-*");
        assertThat(train(Samplers.NONE, kept, step -> {}).log()).hasSize(STEPS);
    }

    @Test
    void theDeathOfOneChangesNothing() throws Exception {
        TrainingResult local = train(Samplers.NONE, SETTINGS, step -> {});

        try (ServedModel one = server();
                ServedModel two = server()) {
            TrainingResult served = train(samplers(one, two), SETTINGS, step -> {
                if (step == 1) {
                    one.server.close();
                }
            });

            assertSame(served, local);
            assertThat(served.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("The server " + one.url() + " is left out."));
        }
    }

    @Test
    void theDeathOfTheLastPausesTheTraining() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        GrpoSettings kept = SETTINGS.withRun(SETTINGS.run().withCheckpoints(checkpoints, 0));
        try (ServedModel one = server()) {
            assertThatThrownBy(() -> train(samplers(one), kept, step -> {
                        if (step == 2) {
                            one.server.close();
                        }
                    }))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Training paused before step 3 of 3. No server is left")
                    .hasMessageContaining("step-2");
        }
        assertSame(train(Samplers.NONE, SETTINGS, step -> {}), kept, checkpoints);
    }

    /** What was paused goes on, here without servers. */
    private void assertSame(TrainingResult whole, GrpoSettings kept, Path checkpoints) throws Exception {
        assertThat(checkpoints.resolve("step-2")).isDirectory();
        TrainingResult rest = train(Samplers.NONE, kept, step -> {});
        assertThat(rest.log()).hasSize(STEPS);
        assertThat(rest.log())
                .extracting(row -> row.rollouts().reward())
                .containsExactlyElementsOf(
                        whole.log().stream().map(row -> row.rollouts().reward()).toList());
    }

    @Test
    void whatServersCannotDoIsSaid() throws Exception {
        try (ServedModel one = new ServedModel(base(), ServedModel.settings(null, null, ServeLimits.DEFAULT))) {
            assertThatThrownBy(() -> train(samplers(one), SETTINGS.withLora(null), step -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("VLLM_SERVER_DEV_MODE=1")
                    .hasMessageContaining("--weights");
            assertThatThrownBy(() -> train(samplers(one), SETTINGS, step -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("VLLM_ALLOW_RUNTIME_LORA_UPDATING");
        }
    }
}
