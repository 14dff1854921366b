package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.spread.RehearsedMachines;
import org.realm4knime.engine.spread.Spread;

/** Steps that machines help with are those of one process, but for the order in which floats are summed up. */
class SpreadWorkerTest {

    private static final int STEPS = 4;
    private static final List<int[]> PROMPTS = IntStream.range(0, 6)
            .mapToObj(i -> new int[] {2 + i, 12, 3 + i, 13})
            .toList();
    private static final Workload WORK =
            Workload.of(1, 16, 8).withSharedPrompts(true).withWriting().withReference(true);

    @TempDir
    private Path folder;

    @AfterEach
    void workHereAgain() {
        Spread.over(null);
    }

    /** What a training gives. */
    private record Trained(
            List<List<Completion>> written, List<Map<String, PartFigures>> figures, List<float[]> weights) {}

    private static @Nullable LoraSettings lora(boolean adapter) {
        return adapter ? LoraSettings.of(4, 8) : null;
    }

    private Trained train(boolean adapter, Teacher teacher) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            WorkerSettings settings = new WorkerSettings(OptimizerSettings.of(1e-2), lora(adapter), 0, 3);
            List<List<Completion>> written = new ArrayList<>();
            List<Map<String, PartFigures>> figures = new ArrayList<>();
            try (TrainingWorker worker = TrainingWorkers.open(model, settings, WORK, teacher, Progress.silent())) {
                for (int step = 1; step <= STEPS; step++) {
                    List<List<Completion>> tries =
                            worker.write(PROMPTS, 8, SamplingSettings.sample(8, 1, step), Progress.silent());
                    written.addAll(tries);
                    List<TrainingSequence> sampled = sampled(tries);
                    figures.add(worker.addGradients(parts(sampled, teacher), Progress.silent()));
                    StepTaken taken = worker.takeStep(1e-2, new StepBound(sampled, 1, 1e-4), Progress.silent());
                    assertThat(taken.divergence()).isBetween(0.0, 1.3e-4);
                }
            }
            return new Trained(written, figures, TinyModels.weights(model));
        }
    }

    private static List<TrainingSequence> sampled(List<List<Completion>> tries) {
        List<TrainingSequence> sampled = new ArrayList<>();
        for (int i = 0; i < tries.size(); i++) {
            for (int s = 0; s < tries.get(i).size(); s++) {
                Completion completion = tries.get(i).get(s);
                sampled.add(TrainingSequence.sampled(
                                PROMPTS.get(i), completion.drawn(1), 0.01, s % 2 - 0.4, completion.logProbs())
                        .withDivergence(0.01));
            }
        }
        return sampled;
    }

    private static List<UpdatePart> parts(List<TrainingSequence> sampled, Teacher teacher) {
        List<TrainingSequence> taught = PROMPTS.stream()
                .map(prompt -> TrainingSequence.taught(prompt, new int[] {5, 6, 1}, 0.05))
                .map(one -> teacher instanceof Teacher.None ? one : one.withTeacher(new int[] {14, 3}, 0.5))
                .toList();
        return List.of(
                new UpdatePart("tries", sampled, new PolicyLoss(1, 0.2, 0.2), 0),
                new UpdatePart("none", List.of(), new CrossEntropy(), 1),
                new UpdatePart("lessons", taught, new CrossEntropy(), 2));
    }

    private static void assertSame(Trained spread, Trained one) {
        assertThat(spread.written().stream().flatMap(List::stream).map(Completion::text))
                .containsExactlyElementsOf(one.written().stream()
                        .flatMap(List::stream)
                        .map(Completion::text)
                        .toList());
        for (int step = 0; step < STEPS; step++) {
            Map<String, PartFigures> expected = one.figures().get(step);
            assertThat(spread.figures().get(step)).containsOnlyKeys("tries", "lessons");
            spread.figures().get(step).forEach((name, figures) -> {
                PartFigures other = expected.get(name);
                assertThat(figures.loss()).isCloseTo(other.loss(), within(1e-4));
                assertThat(figures.entropySum()).isCloseTo(other.entropySum(), within(1e-2));
                assertThat(figures.tokens()).isEqualTo(other.tokens());
                assertThat(figures.sampledTokens()).isEqualTo(other.sampledTokens());
            });
        }
        for (int i = 0; i < one.weights().size(); i++) {
            assertThat(spread.weights().get(i)).containsExactly(one.weights().get(i), within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "5, true", "2, false"})
    void stepsAreThoseOfOneProcess(int places, boolean adapter) throws CanceledJobException {
        Trained one = train(adapter, new Teacher.None());
        RehearsedMachines machines = new RehearsedMachines(places);
        Spread.over(machines);
        Trained spread = train(adapter, new Teacher.None());

        assertSame(spread, one);
        assertThat(machines.tasks()).isGreaterThanOrEqualTo(STEPS * 3);
        assertThat(machines.sharedNames()).as("nothing is left behind").isEmpty();
    }

    @Test
    void theModelInTrainingTeachesOnMachinesToo() throws CanceledJobException {
        Teacher live = new Teacher.Live(16);
        Trained one = train(true, live);
        Spread.over(new RehearsedMachines(2));
        assertSame(train(true, live), one);
    }

    @Test
    void anotherModelTeachesOnMachinesToo() throws CanceledJobException {
        try (LanguageModel other = TinyModels.small(folder.resolve("teacher"), 5)) {
            Teacher fixed = new Teacher.Fixed(other, 16);
            Trained one = train(true, fixed);
            Spread.over(new RehearsedMachines(2));
            assertSame(train(true, fixed), one);
        }
    }

    @Test
    void gradientsOfACanceledUpdateAreDropped() throws CanceledJobException {
        Spread.over(new RehearsedMachines(2));
        try (LanguageModel model = TinyModels.micro(folder, 1);
                TrainingWorker worker = TrainingWorkers.open(
                        model,
                        new WorkerSettings(OptimizerSettings.of(1e-2), null, 0, 3),
                        WORK,
                        new Teacher.None(),
                        Progress.silent())) {
            List<UpdatePart> parts = parts(List.of(), new Teacher.None());
            worker.addGradients(parts, Progress.silent());
            double once = worker.takeStep(0, StepBound.NONE, Progress.silent()).gradientNorm();
            worker.addGradients(parts, Progress.silent());
            assertThatThrownBy(() -> worker.addGradients(parts, new CancelAfter(0)))
                    .isInstanceOf(CanceledJobException.class);
            worker.addGradients(parts, Progress.silent());
            assertThat(worker.takeStep(0, StepBound.NONE, Progress.silent()).gradientNorm())
                    .isCloseTo(once, within(1e-6));
        }
    }
}
