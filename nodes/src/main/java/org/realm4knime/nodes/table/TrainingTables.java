package org.realm4knime.nodes.table;

import org.realm4knime.engine.distill.LearnedRule;
import org.realm4knime.engine.distill.Rationale;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.LoggedCompletion;

/** The tables that training writes. */
public final class TrainingTables {

    /** Name of the column with the step's number, from 1. */
    public static final String STEP = "step";

    /** The log: a row per step. Figures that do not apply are missing. */
    public static final TableSchema<LogRow> LOG = TableSchema.<LogRow>builder()
            .integer(STEP, LogRow::step)
            .number("loss", LogRow::loss)
            .number("reward", row -> row.rollouts().reward())
            .number("outcome reward", row -> row.rollouts().outcome())
            .number("process reward", row -> row.rollouts().process())
            .number("format reward", row -> row.rollouts().format())
            .number("reward guided", row -> row.rollouts().rightGuided())
            .number("reward unguided", row -> row.rollouts().rightUnguided())
            .number("guidance", row -> row.help().guidance())
            .number("routes shown", row -> row.help().routesShown())
            .number("rules shown", row -> row.help().rulesShown())
            .number("guided share", row -> row.help().guidedShare())
            .number("external routes", row -> row.rollouts().externalRoutes())
            .number("zero variance share", row -> row.rollouts().zeroVarianceShare())
            .number("truncated share", row -> row.rollouts().truncatedShare())
            .number("flawed share", row -> row.rollouts().flawedShare())
            .number("completion length", LogRow::completionLength)
            .number("kl", row -> row.policy().kl())
            .number("step kl", row -> row.policy().stepKl())
            .number("entropy", LogRow::entropy)
            .number("gradient norm", LogRow::gradientNorm)
            .number("clip share", row -> row.policy().clipShare())
            .number("learning rate", LogRow::learningRate)
            .number("internalisation loss", row -> row.policy().internalisationLoss())
            .number("contrast loss", row -> row.policy().contrastLoss())
            .number("sampler ratio", row -> row.policy().samplerRatio())
            .number("sampler difference", row -> row.policy().samplerDifference())
            .number("sampler largest difference", row -> row.policy().samplerLargest())
            .number("held-out accuracy", row -> row.heldOut().accuracy())
            .number("held-out low", row -> row.heldOut().low())
            .number("held-out high", row -> row.heldOut().high())
            .number("tokens per second", LogRow::tokensPerSecond)
            .count("samples drawn", row -> row.spent().samplesDrawn())
            .count("tokens generated", row -> row.spent().tokensGenerated())
            .count("tokens trained", row -> row.spent().tokensTrained())
            .build();

    /** A sample of the completions that were trained on, for a person to read. */
    public static final TableSchema<LoggedCompletion> COMPLETIONS = TableSchema.<LoggedCompletion>builder()
            .integer(STEP, LoggedCompletion::step)
            .text("problem id", LoggedCompletion::problemId)
            .text("prompt", LoggedCompletion::prompt)
            .text("completion", LoggedCompletion::completion)
            .text("reference", LoggedCompletion::reference)
            .number("outcome", LoggedCompletion::outcome)
            .number("process", LoggedCompletion::process)
            .number("format", LoggedCompletion::format)
            .number("reward", LoggedCompletion::reward)
            .number("advantage", LoggedCompletion::advantage)
            .integer("routes shown", LoggedCompletion::routesShown)
            .text("flaw", LoggedCompletion::flaw)
            .bool("cut off", LoggedCompletion::truncated)
            .build();

    /** The rationales that guided distillation accepted and trained on; also training examples for another student. */
    public static final TableSchema<Rationale> RATIONALES = TableSchema.<Rationale>builder()
            .text("problem id", Rationale::problemId)
            .text("prompt", Rationale::prompt)
            .text("completion", Rationale::text)
            .text("answer", Rationale::answer)
            .text("cited rules", rationale -> String.join(", ", rationale.citedRules()))
            .text("source", Rationale::source)
            .bool("hinted", Rationale::hinted)
            .build();

    /** What a student knew of each rule before and after guided distillation. */
    public static final TableSchema<LearnedRule> LEARNED_RULES = TableSchema.<LearnedRule>builder()
            .text("id", learned -> learned.rule().id())
            .text("text", learned -> learned.rule().text())
            .text("applies to", learned -> learned.rule().appliesTo())
            .integer("problems", LearnedRule::problems)
            .number("accuracy before", LearnedRule::before)
            .number("accuracy after", LearnedRule::after)
            .build();

    private TrainingTables() {}
}
