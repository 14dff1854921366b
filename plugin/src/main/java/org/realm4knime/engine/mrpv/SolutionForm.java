package org.realm4knime.engine.mrpv;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerRegion;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;

/**
 * The form of a solution: what may earn a reward, and what may be taught. A training that rewards or teaches more than
 * that is fed by its own faults: a model that rambles on after its solution is taught to ramble.
 */
public final class SolutionForm {

    /** A step that is written this often is repetition, not reasoning. */
    private static final int REPEATED = 3;

    /** What a sequence of bytes that is no text becomes. */
    private static final char BROKEN = '\uFFFD';

    private static final Pattern ROUTE_LABEL = Pattern.compile("(?m)^\\s*Route\\s+\\d+\\s*:");
    private static final Pattern NAMES_A_ROUTE = Pattern.compile("(?i)(?<!\\p{L})routes?\\s+\\d");
    private static final Pattern WORDS_OF_AN_ANSWER = Pattern.compile(
            "(?i)\\b(?:so|thus|hence|therefore|the|final|correct|answer|result|is|equals)\\b|\\\\boxed|####");

    private SolutionForm() {}

    /**
     * What is wrong with a solution's form.
     *
     * @param format the model's prompt format
     * @param solution a solution without verdicts
     * @return a sentence, or an empty text if nothing is
     */
    static String flaw(PromptFormat format, String solution) {
        boolean labelled = format.reasons() && ROUTE_LABEL.matcher(solution).find();
        if (holds(solution, format.verify()) || holds(solution, format.solution()) || labelled) {
            return "The words of a verification stand in the solution.";
        }
        if (solution.indexOf(BROKEN) >= 0) {
            return "It holds broken characters.";
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String step : StepSplitter.split(solution)) {
            if (counts.merge(step.toLowerCase(Locale.ROOT), 1, Integer::sum) >= REPEATED) {
                return "It repeats itself.";
            }
        }
        return "";
    }

    /**
     * The answer that a solution states where it may earn something: at its end, and nowhere before.
     *
     * @param checker finds answers
     * @param solution a solution without verdicts that ended by itself
     * @return the answer as written; empty if there is none, if it is not what the last step states, or if an earlier
     *     step states one too
     */
    public static Optional<String> answerAtEnd(AnswerChecker checker, String solution) {
        List<String> steps = StepSplitter.split(solution);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        String last = steps.get(steps.size() - 1);
        boolean before = steps.stream().limit(steps.size() - 1L).anyMatch(SolutionForm::statesAnswer);
        return before
                ? Optional.empty()
                : checker.extract(solution).filter(answer -> checker.extract(last)
                        .filter(atEnd -> checker.matches(atEnd, answer))
                        .isPresent());
    }

    /**
     * Whether a right solution may be taught on the problem alone, without the routes that its writer saw.
     *
     * @param format the model's prompt format
     * @param problem the problem that it solves; words that its question or answer holds are no format words
     * @param shown the routes that its writer saw
     * @param solution a right solution without verdicts
     * @return false if it holds a word of the format, names a route, or only states the answer where a right route that
     *     was shown gives reasons
     */
    public static boolean teachable(PromptFormat format, Problem problem, List<VerifiedRoute> shown, String solution) {
        String own = problem.question() + " " + problem.answer();
        boolean foreign = Stream.of(format.verify(), format.solution(), format.right(), format.wrong())
                .anyMatch(word -> holds(solution, word) && !holds(own, word));
        boolean namesRoute = NAMES_A_ROUTE.matcher(solution).find()
                && !NAMES_A_ROUTE.matcher(own).find();
        boolean copied = !reasons(problem, solution)
                && shown.stream()
                        .anyMatch(route -> route.positive()
                                && reasons(problem, route.route().text()));
        return !foreign && !namesRoute && !copied && !solution.isBlank();
    }

    /** Whether there is anything beside the answer and the words that announce it. */
    private static boolean reasons(Problem problem, String solution) {
        String rest = WORDS_OF_AN_ANSWER.matcher(solution).replaceAll("");
        String answer = problem.answer() == null ? "" : problem.answer().strip();
        return rest.replace(answer, "").codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static boolean statesAnswer(String step) {
        return AnswerRegion.of(step, false)
                .filter(region -> region.mark() != AnswerRegion.Mark.NONE)
                .isPresent();
    }

    private static boolean holds(String text, String word) {
        return Verification.word(word).matcher(text).find();
    }
}
