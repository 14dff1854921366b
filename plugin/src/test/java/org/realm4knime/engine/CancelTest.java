package org.realm4knime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.distill.InstructionSettings;
import org.realm4knime.engine.distill.ProblemInstructor;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.evaluate.Benchmark;
import org.realm4knime.engine.evaluate.BenchmarkSettings;
import org.realm4knime.engine.evaluate.Guidance;
import org.realm4knime.engine.evaluate.NamedModel;
import org.realm4knime.engine.evaluate.Reasoner;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.model.WeightType;
import org.realm4knime.engine.model.gguf.GgufExport;
import org.realm4knime.engine.model.gguf.GgufType;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.RuleReader;
import org.realm4knime.engine.route.RolloutSettings;
import org.realm4knime.engine.route.RouteReader;
import org.realm4knime.engine.route.RouteRollout;
import org.realm4knime.engine.route.RouteSource;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.ExampleReader;
import org.realm4knime.engine.supervised.ExampleSettings;
import org.realm4knime.engine.supervised.SolutionChoice;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.supervised.VerificationExamples;
import org.realm4knime.engine.train.UnknownWords;
import org.realm4knime.engine.update.ModelDigest;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/**
 * Every long job asks whether to stop at least once for each unit of its work, and once it has been told to, it does no
 * more than the unit that was begun.
 */
class CancelTest {

    private static final int MANY = 40;
    private static final AnswerChecker NUMBERS = AnswerChecker.of(AnswerType.NUMBER, 0);
    private static final SamplingSettings GREEDY = SamplingSettings.greedy(4).withSeed(1);

    @TempDir
    private static Path folder;

    private static LanguageModel model;
    /** One whose tokenizer is of byte pairs. */
    private static LanguageModel pairs;

    /** A job that does its units where {@code unit} can count them; some of them cannot be looked into. */
    private record Job(String name, int units, Body body) {

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Body {
        Object run(Progress progress, Runnable unit) throws CanceledJobException;
    }

    /** Cancels at a question, and counts what happens afterwards. */
    private static final class CancelAt implements Progress {
        private final int question;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        CancelAt(int question) {
            this.question = question;
        }

        @Override
        public void report(double fraction, String message) {
            // only cancellation matters
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            if (asked.incrementAndGet() == question) {
                done.set(0);
                throw new CanceledJobException();
            }
        }
    }

    @BeforeAll
    static void prepare() throws IOException {
        model = TinyModels.micro(folder.resolve("made"), 1);
        model.write(folder.resolve("model"));
        model.startAdapter(LoraSettings.of(2, 4), 1);
        model.writeAdapter(folder.resolve("adapter"));
        pairs = LanguageModel.read(GoldenModel.directory("llama"));
        write("problems.jsonl", i -> "{\"id\":\"%d\",\"question\":\"%d + 2\",\"answer\":\"%d\"}"
                .formatted(i, i, i + 2));
        write("problems.csv", i -> i == 0 ? "id,question,answer" : "%d,%d + 2,%d".formatted(i, i, i + 2));
        write("rules.jsonl", i -> "{\"id\":\"%d\",\"text\":\"rule %d\"}".formatted(i, i));
        write("routes.jsonl", i -> "{\"problem_id\":\"%d\",\"text\":\"= %d\"}".formatted(i, i));
        write("examples.jsonl", i -> "{\"prompt\":\"%d\",\"completion\":\"= %d\"}".formatted(i, i));
    }

    private static void write(String name, IntFunction<String> line) throws IOException {
        Files.write(
                folder.resolve(name), IntStream.range(0, MANY).mapToObj(line).toList());
    }

    @AfterAll
    static void close() {
        model.close();
        pairs.close();
    }

    static Stream<Job> jobs() {
        int tensors = 20;
        return Stream.of(
                        models(tensors),
                        files(),
                        texts(),
                        Stream.of(new Job(
                                "GGUF",
                                2 * tensors,
                                (progress, unit) ->
                                        GgufExport.write(pairs, folder.resolve("gguf"), GgufType.F16, progress))))
                .flatMap(jobs -> jobs);
    }

    private static Stream<Job> models(int tensors) {
        Path base = folder.resolve("model");
        return Stream.of(
                new Job("read", tensors, (progress, unit) -> closed(LanguageModel.read(base, progress))),
                new Job(
                        "merge",
                        2 * tensors,
                        (progress, unit) -> closed(LanguageModel.read(base, folder.resolve("adapter"), progress))),
                new Job("write", tensors, (progress, unit) -> {
                    model.write(folder.resolve("copy"), WeightType.FLOAT32, progress);
                    return model;
                }),
                new Job("digest", tensors, (progress, unit) -> ModelDigest.of(model, progress)));
    }

    private static Object closed(LanguageModel read) {
        read.close();
        return read;
    }

    private static Stream<Job> files() {
        DatasetFormat format = DatasetFormat.of(DatasetFormat.Layout.GUESS);
        return Stream.of(
                new Job(
                        "JSON Lines",
                        MANY,
                        (progress, unit) -> DatasetReader.read(folder.resolve("problems.jsonl"), format, progress)),
                new Job(
                        "CSV",
                        MANY,
                        (progress, unit) -> DatasetReader.read(folder.resolve("problems.csv"), format, progress)),
                new Job("rules", MANY, (progress, unit) -> RuleReader.read(folder.resolve("rules.jsonl"), progress)),
                new Job("routes", MANY, (progress, unit) -> RouteReader.read(folder.resolve("routes.jsonl"), progress)),
                new Job(
                        "examples",
                        MANY,
                        (progress, unit) -> ExampleReader.read(folder.resolve("examples.jsonl"), progress)));
    }

    private static Stream<Job> texts() {
        BenchmarkSettings settings = new BenchmarkSettings(GREEDY, 8);
        RolloutSettings rollout = new RolloutSettings(1, GREEDY, 8);
        return Stream.of(
                new Job("tokens of prompts", MANY, (progress, unit) -> new Generator(model, 8)
                        .generate(counted(Collections.nCopies(MANY, "1 + 2 :"), unit), 1, GREEDY, progress)),
                new Job(
                        "unknown words",
                        MANY,
                        (progress, unit) -> UnknownWords.warning(
                                model,
                                "texts",
                                counted(Collections.nCopies(MANY, "1 +"), () -> {}).stream(),
                                progress)),
                new Job(
                        "Reasoner",
                        2 * MANY,
                        (progress, unit) -> Reasoner.answer(
                                new Echo(unit), problems(MANY), Guidance.NONE, NUMBERS, settings, progress)),
                // of the 10,000 resamples of a comparison, too
                new Job(
                        "Benchmark",
                        10_000,
                        (progress, unit) -> Benchmark.run(
                                List.of(
                                        new NamedModel("a", new Echo(unit), Set.of()),
                                        new NamedModel("b", new Echo(unit), Set.of())),
                                problems(MANY),
                                Guidance.NONE,
                                NUMBERS,
                                settings,
                                progress)),
                new Job(
                        "rollout",
                        2 * MANY,
                        (progress, unit) -> RouteRollout.run(
                                problems(MANY),
                                List.of(),
                                List.of(new RouteSource("a", new Echo(unit))),
                                rollout,
                                progress)),
                new Job(
                        "instructor",
                        3,
                        (progress, unit) -> ProblemInstructor.run(
                                problems(3),
                                problems(3).stream().map(Problem::id).collect(Collectors.toSet()),
                                List.of(new RouteSource("a", new Echo(unit))),
                                NUMBERS,
                                new InstructionSettings(1, 0.5, rollout),
                                progress)),
                new Job(
                        "examples of routes",
                        MANY,
                        (progress, unit) -> VerificationExamples.of(
                                PromptFormat.compact(),
                                counted(
                                        problems(MANY).stream()
                                                .map(GuidedProblem::of)
                                                .toList(),
                                        unit),
                                new ExampleSettings(ExampleKind.ROUTE_ALONE, false, SolutionChoice.ALL, 1, 1, 1),
                                progress)),
                new Job("training", 3 * MANY, (progress, unit) -> closed(trained(progress))));
    }

    private static LanguageModel trained(Progress progress) throws CanceledJobException {
        LanguageModel student = model.copy();
        try {
            List<SupervisedExample> examples = Collections.nCopies(MANY, SupervisedExample.of("1 + 2 :", "= 3"));
            SupervisedSettings settings = SupervisedSettings.of(2, MANY, OptimizerSettings.of(1e-3), 1);
            SupervisedTrainer.train(student, examples, List.of(), settings, progress);
            return student;
        } catch (CanceledJobException e) {
            student.close();
            throw e;
        }
    }

    private static List<Problem> problems(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Problem(
                        "p" + i, i % 5 + " + " + (i % 4 + 1), String.valueOf(i % 5 + i % 4 + 1), null, null))
                .toList();
    }

    private static <T> List<T> counted(List<T> items, Runnable unit) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                unit.run();
                return items.get(index);
            }

            @Override
            public int size() {
                return items.size();
            }
        };
    }

    /** Answers with the prompt; to write a prompt is a unit of work. */
    private record Echo(Runnable unit) implements TextGenerator {

        @Override
        public PromptFormat promptFormat() {
            return PromptFormat.compact();
        }

        @Override
        public String prompt(String question, List<String> rules, List<String> routes) {
            unit.run();
            return question;
        }

        @Override
        public List<List<Written>> generate(
                List<String> prompts,
                int samplesPerPrompt,
                SamplingSettings settings,
                int batchSize,
                Progress progress) {
            return prompts.stream()
                    .map(prompt -> Collections.nCopies(
                            samplesPerPrompt, new Written("The answer is 3", "", 4, 4, -1, false, null)))
                    .toList();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void asksForEveryUnitAndDoesNoneAfterwards(Job job) throws CanceledJobException {
        CancelAt whole = new CancelAt(0);
        job.body().run(whole, whole.done::incrementAndGet);
        int questions = whole.asked.get();
        assertThat(questions).isGreaterThanOrEqualTo(Math.max(job.units(), whole.done.get()));

        for (int question : new int[] {1, questions / 2, questions}) {
            CancelAt canceling = new CancelAt(question);
            assertThatThrownBy(() -> job.body().run(canceling, canceling.done::incrementAndGet))
                    .as("question %d of %d", question, questions)
                    .isInstanceOf(CanceledJobException.class);
            assertThat(canceling.done).as("units after question %d", question).hasValueLessThanOrEqualTo(1);
            assertThat(canceling.asked).as("nothing was asked again").hasValue(question);
        }
    }
}
