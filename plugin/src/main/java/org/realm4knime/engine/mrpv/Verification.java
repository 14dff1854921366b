package org.realm4knime.engine.mrpv;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.Thoughts;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;

/**
 * The verification prompt, which shows a problem with routes and asks the model to check and contrast them before it
 * answers, and the completion to it: a verdict on each route, then the model's own solution.
 *
 * <p>A format without reasons writes {@code verify right , wrong 2 , right solution ...}, where 2 is the decisive step;
 * one with reasons writes a line a route, such as {@code Route 2: wrong at step 3, 12 * 3 is 36, not 38}.
 */
public final class Verification {

    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,4}");
    private static final Pattern ROUTE_LABEL = Pattern.compile("(?i)^\\s*route\\s+\\d+\\s*:");

    private Verification() {}

    /** What a verdict says. */
    public enum Judgement {
        /** The route holds. */
        RIGHT,
        /** The route fails. */
        WRONG,
        /** The words say neither. */
        UNCLEAR
    }

    /**
     * A verdict on a route.
     *
     * @param judgement what it says
     * @param step the step at which the route was said to fail, from 1; 0 if none was named
     */
    public record Verdict(Judgement judgement, int step) {

        boolean agrees(VerifiedRoute route) {
            return judgement == (route.positive() ? Judgement.RIGHT : Judgement.WRONG);
        }
    }

    /**
     * A completion taken apart.
     *
     * @param verdicts a verdict for each route the completion judged, in the prompt's order; empty if it judged none
     * @param solution the completion's own reasoning, without the verdicts
     * @param flaw what is wrong with its form, in plain words; empty if it has the form that it was asked for. A
     *     completion with a flaw earns nothing and is never taught
     */
    public record Parsed(List<Verdict> verdicts, String solution, String flaw) {

        /** Copies the verdicts. */
        public Parsed {
            verdicts = List.copyOf(verdicts);
        }

        /**
         * Share of right verdicts on the shown routes; a missing verdict is a wrong one, and so is each one too many.
         *
         * @param shown the routes of the prompt, in its order
         * @return right verdicts / max(routes shown, verdicts given), in [0, 1]; 0 if no routes were shown
         */
        public double agreement(List<VerifiedRoute> shown) {
            int judged = Math.min(verdicts.size(), shown.size());
            long right = IntStream.range(0, judged)
                    .filter(i -> verdicts.get(i).agrees(shown.get(i)))
                    .count();
            return shown.isEmpty() ? 0 : (double) right / Math.max(verdicts.size(), shown.size());
        }
    }

    /**
     * The user message that shows routes, unlabelled.
     *
     * @param format the model's prompt format
     * @param problem the problem
     * @param rules texts of the rules to show, may be empty
     * @param shown the routes in the order to show them
     * @return the message, before the model's chat template
     */
    public static String prompt(PromptFormat format, Problem problem, List<String> rules, List<VerifiedRoute> shown) {
        return format.render(
                problem.question(),
                rules,
                shown.stream().map(route -> route.route().text()).toList());
    }

    /**
     * What a model should answer to the verification prompt.
     *
     * @param format the model's prompt format
     * @param shown the routes in the order of the prompt, at least one
     * @param solution the reasoning that ends in the right answer
     * @return the completion
     */
    public static String target(PromptFormat format, List<VerifiedRoute> shown, String solution) {
        if (!format.reasons()) {
            String verdicts =
                    shown.stream().map(route -> verdict(format, route)).collect(Collectors.joining(" , "));
            return format.verify() + " " + verdicts + " " + format.solution() + " " + solution;
        }
        String verdicts = IntStream.range(0, shown.size())
                .mapToObj(i -> "Route " + (i + 1) + ": " + explained(format, shown.get(i)))
                .collect(Collectors.joining("\n"));
        return format.verify() + "\n" + verdicts + "\n" + format.solution() + "\n" + solution;
    }

    private static String verdict(PromptFormat format, VerifiedRoute route) {
        if (route.positive()) {
            return format.right();
        }
        return route.decisiveStep() > 0 ? format.wrong() + " " + route.decisiveStep() : firstWord(format.wrong());
    }

    private static String explained(PromptFormat format, VerifiedRoute route) {
        String verdict = verdict(format, route);
        if (route.positive() || route.reason().isBlank()) {
            return verdict + ".";
        }
        // the reason may quote a step, which must not look like the end of the verdicts
        String reason =
                word(format.solution()).matcher(route.reason()).replaceAll("").replaceAll("\\s+", " ");
        return verdict + ", " + reason.strip();
    }

    /**
     * Takes a completion apart by the only grammar that a completion may have:
     *
     * <pre>
     * completion = [solution word] solution  |  verification word, verdicts, solution word, solution
     * </pre>
     *
     * where every verdict says right or wrong, and the solution holds neither of the two words again and does not
     * repeat itself.
     *
     * @param format the model's prompt format
     * @param completion what the model wrote; one that does not open with the format's word for verdicts is all
     *     solution, and one that never comes to a solution has an empty one
     * @return verdicts, solution, and what is wrong with the form
     */
    public static Parsed parse(PromptFormat format, String completion) {
        String said = Thoughts.without(completion).orElse(completion).strip();
        // a thought before the verdicts is none of them; without verdicts it stays with the solution
        String text = opens(said, format.verify()) ? said : completion.strip();
        if (!opens(text, format.verify())) {
            String all = opens(text, format.solution()) ? after(text, format.solution()) : text;
            return new Parsed(List.of(), all, SolutionForm.flaw(format, all));
        }
        Matcher solution = word(format.solution()).matcher(text);
        if (!solution.find(format.verify().length())) {
            return new Parsed(verdicts(format, after(text, format.verify())), "", "It never comes to a solution.");
        }
        List<Verdict> verdicts = verdicts(format, text.substring(format.verify().length(), solution.start()));
        String solved = text.substring(solution.end()).strip();
        boolean unclear =
                verdicts.isEmpty() || verdicts.stream().anyMatch(verdict -> verdict.judgement() == Judgement.UNCLEAR);
        return new Parsed(
                verdicts,
                solved,
                unclear ? "A verdict says neither right nor wrong." : SolutionForm.flaw(format, solved));
    }

    private static boolean opens(String text, String marker) {
        return word(marker).matcher(text).lookingAt();
    }

    private static String after(String text, String marker) {
        return text.substring(marker.length()).strip();
    }

    /** The marker with no letter or digit right before or after it. */
    static Pattern word(String marker) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(marker) + "(?![\\p{L}\\p{N}])");
    }

    private static List<Verdict> verdicts(PromptFormat format, String text) {
        return text.strip()
                .lines()
                .flatMap(line -> format.reasons()
                        ? Stream.of(line)
                        : Pattern.compile(",").splitAsStream(line))
                .map(part -> ROUTE_LABEL.matcher(part).replaceFirst("").strip())
                .filter(part -> !part.isEmpty())
                .map(part -> verdict(format, part))
                .toList();
    }

    private static Verdict verdict(PromptFormat format, String part) {
        if (opens(part, format.right())) {
            return new Verdict(Judgement.RIGHT, 0);
        }
        if (!opens(part, format.wrong())) {
            // a route without a decisive step is called wrong in one word, without "at step"
            return new Verdict(opens(part, firstWord(format.wrong())) ? Judgement.WRONG : Judgement.UNCLEAR, 0);
        }
        Matcher number = FIRST_NUMBER.matcher(part);
        return new Verdict(
                Judgement.WRONG, number.find(format.wrong().length()) ? Integer.parseInt(number.group()) : 0);
    }

    private static String firstWord(String phrase) {
        return phrase.split(" ", 2)[0];
    }
}
