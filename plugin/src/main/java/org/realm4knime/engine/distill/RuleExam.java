package org.realm4knime.engine.distill;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Writers;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/** Asks a student, without the rules, problems whose accepted rationales cite a rule. */
final class RuleExam {

    /** So many tell a rule that is known from one that is not, and cost little. */
    private static final int MOST_PROBLEMS = 40;

    private final AnswerChecker checker;
    private final DistillationSettings settings;
    private final Map<Rule, List<Problem>> questions = new LinkedHashMap<>();

    /**
     * Chooses the questions.
     *
     * @param rules all rules
     * @param problems the problems by id
     * @param accepted accepted rationales; the first problems that cite a rule are asked, at most
     *     {@value #MOST_PROBLEMS}
     * @param checker decides which answers are right
     * @param settings length of an answer and batch size
     */
    RuleExam(
            List<Rule> rules,
            Map<String, Problem> problems,
            Collection<Rationale> accepted,
            AnswerChecker checker,
            DistillationSettings settings) {
        this.checker = checker;
        this.settings = settings;
        for (Rule rule : rules) {
            questions.put(
                    rule,
                    accepted.stream()
                            .filter(rationale -> rationale.citedRules().contains(rule.id()))
                            .map(Rationale::problemId)
                            .distinct()
                            .limit(MOST_PROBLEMS)
                            .map(problems::get)
                            .toList());
        }
    }

    /** Ids of the questions that a model answers right at temperature 0. */
    Set<String> right(LanguageModel model, Progress progress) throws CanceledJobException {
        List<Problem> asked =
                questions.values().stream().flatMap(List::stream).distinct().toList();
        List<String> prompts = progress.each(asked, problem -> model.prompt(problem.question(), List.of(), List.of()));
        List<List<Completion>> completions = Writers.generate(
                model,
                settings.batchSize(),
                prompts,
                1,
                SamplingSettings.greedy(settings.sampling().maxNewTokens()),
                progress);
        Set<String> right = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            Completion completion = completions.get(i).get(0);
            Problem problem = asked.get(i);
            if (checker.extractRight(completion.text(), completion.truncated(), problem.answer())
                    .isPresent()) {
                right.add(problem.id());
            }
        }
        return right;
    }

    /** What became of every rule. */
    List<LearnedRule> compare(Set<String> before, Set<String> after) {
        return questions.entrySet().stream()
                .map(entry -> new LearnedRule(
                        entry.getKey(),
                        entry.getValue().size(),
                        count(entry.getValue(), before),
                        count(entry.getValue(), after)))
                .toList();
    }

    private static int count(List<Problem> problems, Set<String> right) {
        return (int) problems.stream()
                .filter(problem -> right.contains(problem.id()))
                .count();
    }
}
