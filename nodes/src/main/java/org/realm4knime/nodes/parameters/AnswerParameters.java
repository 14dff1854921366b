package org.realm4knime.nodes.parameters;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeLogger;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;

/** How the answer is found in a model's text and compared with the reference answer. */
public final class AnswerParameters implements NodeParameters {

    enum Kind {
        @Label(value = "Guess from the answers", description = "Look at the reference answers and choose.")
        GUESS(null),
        @Label(value = "Number", description = "Any usual notation; an attached unit or currency is ignored.")
        NUMBER(AnswerType.NUMBER),
        @Label(value = "Quantity", description = "A number with a unit or currency, both of which must agree.")
        QUANTITY(AnswerType.QUANTITY),
        @Label(value = "Fraction", description = "A ratio, compared exactly: 3/4 and 0.75 are the same.")
        FRACTION(AnswerType.FRACTION),
        @Label(value = "Percentage", description = "15%, 15 percent and 0.15 are the same.")
        PERCENTAGE(AnswerType.PERCENTAGE),
        @Label(value = "Multiple choice", description = "The letter of one of several choices.")
        MULTIPLE_CHOICE(AnswerType.MULTIPLE_CHOICE),
        @Label(value = "Text", description = "Words; case, punctuation, articles and spaces do not matter.")
        TEXT(AnswerType.TEXT),
        @Label(
                value = "Label",
                description =
                        "One of a few labels, such as approve, refer and decline. The question that a model is asked"
                                + " names them.")
        LABEL(AnswerType.LABEL),
        @Label(value = "Set", description = "Several values in any order.")
        SET(AnswerType.SET),
        @Label(value = "List", description = "Several values in a given order.")
        LIST(AnswerType.LIST),
        @Label(
                value = "Regular expression",
                description =
                        "The reference answer is a pattern that the whole answer must match: an expression of RE2,"
                                + " which has no back references and no looking around.")
        REGEX(AnswerType.REGEX);

        private final AnswerType engine;

        Kind(AnswerType engine) {
            this.engine = engine;
        }
    }

    interface KindReference extends ParameterReference<Kind> {}

    static final class IsNumeric implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(KindReference.class)
                    .isOneOf(Kind.GUESS, Kind.NUMBER, Kind.QUANTITY, Kind.FRACTION, Kind.PERCENTAGE);
        }
    }

    static final class IsLabel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.LABEL);
        }
    }

    private static final NodeLogger LOGGER = NodeLogger.getLogger(AnswerParameters.class);

    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;\\n]\\s*");

    @Widget(
            title = "Kind of answer",
            description =
                    """
                    What the answers are. It decides how an answer is found in a model's text and compared with the \
                    reference answer.""")
    @ValueReference(KindReference.class)
    Kind kind = Kind.GUESS;

    @Widget(
            title = "Tolerance",
            description =
                    """
                    By how much a number may differ from the reference answer and still count as right, as a share \
                    of the reference. 0.01 accepts 1 % more or less. 0, the usual value, asks for the exact number.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsNumeric.class, type = EffectType.SHOW)
    double tolerance;

    @Widget(
            title = "Labels",
            description =
                    """
                    The labels that an answer can be, separated by commas, for example: approve, refer, decline. \
                    Leave it empty to take them from the problems' reference answers.""")
    @Effect(predicate = IsLabel.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    String labels = "";

    /**
     * Checks the values, which the dialog's bounds do only within the dialog.
     *
     * @throws InvalidSettingsException naming the setting that is out of range
     */
    public void check() throws InvalidSettingsException {
        Bounds.atLeast("Tolerance", tolerance, 0);
    }

    /**
     * The checker for the problems at hand.
     *
     * @param problems looked at where the kind is to be guessed, and for the labels where none are set
     * @throws EngineException if a reference answer is none of the labels that are set
     */
    public AnswerChecker checker(List<Problem> problems) {
        List<String> references = references(problems);
        AnswerType type = kind.engine != null ? kind.engine : AnswerType.guess(references);
        if (kind != Kind.LABEL || labels.isBlank()) {
            return AnswerChecker.of(type, tolerance, references);
        }
        AnswerChecker checker =
                AnswerChecker.ofLabels(SEPARATOR.splitAsStream(labels.strip()).toList());
        problems.stream()
                .filter(problem -> problem.hasAnswer() && !checker.matches(problem.answer(), problem.answer()))
                .findFirst()
                .ifPresent(problem -> {
                    throw new EngineException("The reference answer of problem '" + problem.id() + "' is '"
                            + problem.answer() + "', which is none of the labels " + String.join(", ", checker.labels())
                            + ". Add it to 'Labels', or leave 'Labels' empty to take them from the problems.");
                });
        return checker;
    }

    /**
     * A warning where the problems' answers are not of the kind that is set.
     *
     * @param problems the problems
     * @return the warning; empty if the kind fits or is to be guessed
     */
    public Optional<String> mismatch(List<Problem> problems) {
        return kind.engine == null
                ? Optional.empty()
                : AnswerType.mismatch(
                        kind.engine, problems.stream().map(Problem::answer).toList());
    }

    /**
     * The problems as a model is asked them: where answers are labels, the question names them. The log says what kind
     * of answer was guessed.
     *
     * @param problems the problems
     * @return the same, in the same order
     */
    public List<Problem> asked(List<Problem> problems) {
        if (kind == Kind.GUESS) {
            List<String> references = references(problems);
            LOGGER.info("Kind of answer, guessed from " + references.size() + " reference answers: "
                    + AnswerType.guess(references).title());
        }
        return checker(problems).asked(problems);
    }

    private static List<String> references(List<Problem> problems) {
        return problems.stream()
                .map(Problem::answer)
                .filter(answer -> !answer.isBlank())
                .toList();
    }

    /** The settings in short, the same for the same settings. */
    public String summary() {
        return kind + " " + tolerance + (labels.isBlank() ? "" : " " + labels.strip());
    }
}
