package org.realm4knime.samples.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/** Problems, rules, routes and training texts made of domains. */
public final class DomainData {

    /** Most problems that one call gives, so that it finds enough different ones quickly. */
    public static final int MAX_PROBLEMS = 5000;

    private DomainData() {}

    private record Numbered(Task task, Problem problem) {}

    /**
     * Problems with their answers. They have no rationale: that has to be found out.
     *
     * @param domain names the domain of the problems
     * @param split part of the tasks
     * @param count number of problems, 1 to {@link #MAX_PROBLEMS}
     * @param seed same seed, same problems
     * @return problems with different questions
     */
    public static List<Problem> problems(Domain domain, Split split, int count, long seed) {
        return tasks(domain, split, count, seed).stream().map(Numbered::problem).toList();
    }

    /** Rules that stand in the domain's handbook. They apply to problems of this domain only. */
    public static List<Rule> rules(Domain domain) {
        return domain.conventions().stream()
                .filter(Convention::written)
                .map(c -> new Rule(
                        c.name().toLowerCase(Locale.ROOT).replace('_', '-'), c.sentence(c.truth()), domain.name()))
                .toList();
    }

    /**
     * What an expert wrote about the {@link #problems} of the same domain, split, count and seed.
     *
     * @return a chain of thought for each problem, in their order
     */
    public static List<String> routes(Domain domain, Expert.Fault fault, Split split, int count, long seed) {
        Expert expert = domain.experts().get(fault.ordinal());
        Random random = new Random(31 * seed + fault.ordinal());
        return tasks(domain, split, count, seed).stream()
                .map(numbered -> expert.reason(numbered.task(), random))
                .toList();
    }

    /**
     * Texts to pretrain a base model on, taken from the domains in turn: a third tasks settled by guess, a third by
     * rules that stand in the prompt, a third with routes in the prompt.
     *
     * @param domains at least one
     * @param count number of texts, at least 1
     * @param seed same seed, same texts
     */
    public static List<TrainingText> baseCorpus(List<Domain> domains, int count, long seed) {
        return corpus(List.of(Corpus::guessed, Corpus::ruled, Corpus::routed), domains, count, seed);
    }

    /**
     * Texts to replay while a base model is trained on a domain, taken from the domains in turn: half with rules in the
     * prompt, half with routes. They keep up what a base model can do with its prompt. Its guesses are not among them,
     * as they contradict what it is to learn.
     *
     * @param domains at least one
     * @param count number of texts, at least 1
     * @param seed same seed, same texts
     */
    public static List<TrainingText> replayCorpus(List<Domain> domains, int count, long seed) {
        return corpus(List.of(Corpus::ruled, Corpus::routed), domains, count, seed);
    }

    private static List<TrainingText> corpus(
            List<Function<Corpus, TrainingText>> kinds, List<Domain> domains, int count, long seed) {
        Random random = new Random(seed);
        return texts(count, i -> kinds.get(i / domains.size() % kinds.size())
                .apply(new Corpus(domains.get(i % domains.size()), random)));
    }

    /**
     * Texts to pretrain an external model on, taken from the domains in turn.
     *
     * @param domains at least one
     * @param fault what is to be wrong with the model
     * @param count number of texts, at least 1
     * @param seed same seed, same texts
     */
    public static List<TrainingText> expertCorpus(List<Domain> domains, Expert.Fault fault, int count, long seed) {
        Random random = new Random(seed);
        return texts(count, i -> new Corpus(domains.get(i % domains.size()), random).advised(fault));
    }

    private static List<TrainingText> texts(int count, IntFunction<TrainingText> text) {
        check(count, Integer.MAX_VALUE);
        return IntStream.range(0, count).mapToObj(text).toList();
    }

    private static List<Numbered> tasks(Domain domain, Split split, int count, long seed) {
        check(count, MAX_PROBLEMS);
        Policy truth = Policy.truth(domain.conventions());
        Random random = new Random(seed);
        Set<String> questions = new HashSet<>();
        List<Numbered> tasks = new ArrayList<>();
        while (tasks.size() < count) {
            Task task = split.draw(domain, random);
            if (questions.add(task.question())) {
                String id = "%s-%s-%04d".formatted(domain.name(), split.word(), questions.size());
                String answer = Integer.toString(Verdicts.answer(task.reason(truth, Arithmetic.EXACT)));
                tasks.add(new Numbered(task, new Problem(id, task.question(), answer, null, domain.name())));
            }
        }
        return tasks;
    }

    private static void check(int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("Count " + count + " is not between 1 and " + most + ".");
        }
    }
}
